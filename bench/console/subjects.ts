import type { Pool } from "pg";

/** A run with the facts that an agent may search by. */
export type Subject = {
  id: string;
  request_id: string;
  client_ref: string;
  model: string;
  org_id: string;
  org_name: string;
  email: string;
  person_id: string;
};

/** Picks runs from the whole month, so that no two questions read the same database pages. */
export async function pickSubjects(owner: Pool, count: number): Promise<Subject[]> {
  const { rows } = await owner.query<Subject>(
    `SELECT r.id, r.request_id, r.client_ref, r.model, r.org_id, o.name AS org_name, p.email, p.id AS person_id
     FROM (SELECT *, row_number() OVER (ORDER BY created_at) AS n, count(*) OVER () AS total
       FROM (SELECT id, request_id, client_ref, model, org_id, created_by, created_at FROM runs TABLESAMPLE BERNOULLI (1)
         REPEATABLE (1) WHERE client_ref IS NOT NULL) sample) r
     JOIN organizations o ON o.id = r.org_id JOIN people p ON p.id = r.created_by
     WHERE r.n % greatest(1, r.total / $1) = 0 ORDER BY r.n LIMIT $1`,
    [count],
  );
  return rows;
}
