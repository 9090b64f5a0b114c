import { randomBytes } from "node:crypto";
import type { ClientBase } from "pg";
import type { DemoAccounts } from "@/demo/start/accounts";
import { hashPassword } from "@/lib/identity/password";
import type { Role } from "@/lib/states/permissions";
import { callbackUrlOf } from "./customers";
import { DEMO_ORGANIZATIONS, type DemoOrganization, emailOf } from "./organizations";
import { DEMO_STAFF, type DemoStaff } from "./staff";

export type SeededOrganization = DemoOrganization & {
  id: string;
  /** Its callback URL, if it uses one. */
  callbackUrl: string;
  members: { id: string; name: string; email: string }[];
};
export type SeededStaff = {
  id: string;
  name: string;
  email: string;
  role: Role;
  orgIds: string[] | null;
  state?: DemoStaff["state"];
};
export type SignIn = DemoAccounts["people"][number];

const SINCE = "now() - interval '200 days'";

/** @param receiverOrigin of the simulated customers' endpoint; absent: nonexistent addresses */
export async function insertOrganizations(
  client: ClientBase,
  receiverOrigin?: string,
): Promise<SeededOrganization[]> {
  const organizations: SeededOrganization[] = [];
  for (const organization of DEMO_ORGANIZATIONS) {
    const domain = `${organization.slug}.example`;
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO organizations (name, slug, email, created_at) VALUES ($1, $2, $3, ${SINCE}) RETURNING id`,
      [organization.name, organization.slug, `team@${domain}`],
    );
    const orgId = rows[0]!.id;
    const members = [];
    for (const name of organization.people) {
      const email = emailOf(name, domain);
      const { rows } = await client.query<{ id: string }>(
        `INSERT INTO people (kind, name, email, email_verified_at, org_id, created_at)
         VALUES ('customer', $1, $2, ${SINCE}, $3, ${SINCE}) RETURNING id`,
        [name, email, orgId],
      );
      members.push({ id: rows[0]!.id, name, email });
    }
    const callbackUrl = receiverOrigin
      ? callbackUrlOf(receiverOrigin, organization.slug)
      : `https://hooks.${domain}/runflow`;
    organizations.push({ ...organization, id: orgId, callbackUrl, members });
  }
  return organizations;
}

/** @returns all staff, and the sign-ins of the active ones */
export async function insertStaff(
  client: ClientBase,
  organizations: SeededOrganization[],
): Promise<{ staff: SeededStaff[]; signIns: SignIn[] }> {
  const people = await Promise.all(
    DEMO_STAFF.map(async (person) => {
      const password = randomBytes(12).toString("base64url");
      return { ...person, password, passwordHash: await hashPassword(password) };
    }),
  );
  const staff: SeededStaff[] = [];
  const signIns: SignIn[] = [];
  for (const { name, role, reach, state, password, passwordHash } of people) {
    const email = emailOf(name, "runflow-support.example");
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO people (kind, name, email, email_verified_at, password_hash, role, reaches_all_orgs, disabled_at, created_at)
       VALUES ('staff', $1, $2, CASE WHEN $3 THEN ${SINCE} END, $4, $5, $6, CASE WHEN $7 THEN now() - interval '9 days' END,
         ${SINCE}) RETURNING id`,
      [name, email, state !== "unverified", passwordHash, role, !reach, state === "disabled"],
    );
    const { id } = rows[0]!;
    const orgIds =
      reach?.map((slug) => organizations.find((organization) => organization.slug === slug)!.id) ?? null;
    if (orgIds) {
      await client.query("INSERT INTO person_reach (person_id, org_id) SELECT $1, unnest($2::uuid[])", [
        id,
        orgIds,
      ]);
    }
    staff.push({ id, name, email, role, orgIds, ...(state && { state }) });
    if (!state) signIns.push({ name, email, password, role });
  }
  return { staff, signIns };
}
