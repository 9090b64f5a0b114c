import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { generateKey, hashKey } from "@/lib/identity/key";
import { hashPassword } from "@/lib/identity/password";
import { keyPrefix } from "@/lib/states/key";
import type { Role } from "@/lib/states/permissions";
import { callHttp } from "./call-http";

/** Shared by all, because hashing a password takes longer than most requests. */
export const TEST_PASSWORD = "correct horse battery staple";
let passwordHash: Promise<string> | undefined;

export type Person = { id: string; name: string; email: string; role: Role | null };
export type Key = {
  id: string;
  name: string;
  text: string;
  prefix: string;
  headers: { Authorization: string };
};

type PersonTraits = {
  name?: string;
  role?: Role;
  isVerified?: boolean;
  isDisabled?: boolean;
  orgIds?: string[];
};

/** Makes a staff user who can sign in; without `orgIds`, one with access to every organization. */
export async function makePerson(sql: Pool, traits: PersonTraits = {}): Promise<Person> {
  const { role = "support", isVerified = true, isDisabled = false, orgIds } = traits;
  const mark = randomUUID().slice(0, 8);
  const { name = `Ada ${mark}` } = traits;
  const email = `ada.${mark}@staff.example`;
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO people (kind, name, email, email_verified_at, password_hash, role, reaches_all_orgs, disabled_at)
     VALUES ('staff', $1, $2, CASE WHEN $3 THEN now() END, $4, $5, $6, CASE WHEN $7 THEN now() END) RETURNING id`,
    [
      name,
      email,
      isVerified,
      await (passwordHash ??= hashPassword(TEST_PASSWORD)),
      role,
      !orgIds,
      isDisabled,
    ],
  );
  const id = rows[0]!.id;
  for (const orgId of orgIds ?? []) {
    await sql.query("INSERT INTO person_reach (person_id, org_id) VALUES ($1, $2)", [id, orgId]);
  }
  return { id, name, email, role };
}

type KeyTraits = {
  ownerId: string;
  /** Who made it; unknown by default, as for keys from before. */
  madeBy?: string;
  /** The organizations that a service key reaches; by default all. */
  orgIds?: string[];
  /** Of a service key; an inference key has none. */
  scopes?: string[];
  /** Makes it an inference key of this organization. */
  orgId?: string;
  isExpired?: boolean;
  isRevoked?: boolean;
};

export const ALL_SCOPES = ["admin", "runs.read", "runs.cancel", "audit.read", "security.read"];

/** Makes a working key (unless its traits say otherwise), with the header that uses it. */
export async function makeKey(sql: Pool, traits: KeyTraits): Promise<Key> {
  const { ownerId, orgIds, scopes = ALL_SCOPES, orgId, isExpired = false, isRevoked = false } = traits;
  const { madeBy = null } = traits;
  const kind = orgId ? "inference" : "service";
  const text = generateKey(kind);
  const name = `${kind} ${randomUUID().slice(0, 8)}`;
  const prefix = keyPrefix(text);
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO api_keys (kind, name, prefix, hash, owner_id, org_id, scopes, reaches_all_orgs, expires_at, revoked_at,
       created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $9 THEN now() END, CASE WHEN $10 THEN now() END, $11) RETURNING id`,
    [
      kind,
      name,
      prefix,
      hashKey(text),
      ownerId,
      orgId ?? null,
      orgId ? [] : scopes,
      !orgId && !orgIds,
      isExpired,
      isRevoked,
      madeBy,
    ],
  );
  const id = rows[0]!.id;
  for (const reached of orgIds ?? []) {
    await sql.query("INSERT INTO key_reach (key_id, org_id) VALUES ($1, $2)", [id, reached]);
  }
  return { id, name, text, prefix, headers: { Authorization: `Bearer ${text}` } };
}

/** Revokes a key as its verb does, with the entry that the database requires. */
export async function revokeKey(sql: Pool, { id }: Pick<Key, "id">): Promise<void> {
  const { rowCount } = await sql.query(
    `WITH revoked AS (
       UPDATE api_keys SET revoked_at = date_trunc('milliseconds', clock_timestamp()) WHERE id = $1 AND revoked_at IS NULL
       RETURNING *
     ) INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
         target_label, source, request_id, meta)
       SELECT coalesce(org_id, '00000000-0000-0000-0000-000000000000'), 'key.revoked', revoked_at, 'system', id, 'Test',
         'key', id, name, 'system', 'req_test', '{"reason": "test", "ticket": null}' FROM revoked`,
    [id],
  );
  if (rowCount !== 1) throw new Error(`the key ${id} was revoked before`);
}

/** The headers that a browser sends with a request from the console. */
export type SessionHeaders = { Cookie: string; Origin: string; "Sec-Fetch-Site": string };

/** Signs in as the console's form does: first next-auth's CSRF token, then the credentials. */
export async function submitSignIn(
  baseUrl: string,
  { email, password }: { email: string; password: string },
  headers: Record<string, string> = {},
) {
  const { csrfToken, cookies } = await beginForm(baseUrl);
  return callHttp(baseUrl, "POST", "/api/auth/callback/credentials", {
    headers: {
      ...headers,
      Cookie: [cookies, headers["Cookie"]].filter(Boolean).join("; "),
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }).toString(),
  });
}

export async function signIn(baseUrl: string, { email }: Pick<Person, "email">): Promise<SessionHeaders> {
  const answer = await submitSignIn(baseUrl, { email, password: TEST_PASSWORD });
  const cookie = findSessionCookie(answer.headers["set-cookie"]);
  if (!cookie) throw new Error(`${email} could not sign in: ${answer.status} ${answer.text}`);
  return { Cookie: cookie, Origin: baseUrl, "Sec-Fetch-Site": "same-origin" };
}

export async function signOut(baseUrl: string, { Cookie }: SessionHeaders) {
  const { csrfToken, cookies } = await beginForm(baseUrl);
  return callHttp(baseUrl, "POST", "/api/auth/signout", {
    headers: { Cookie: `${cookies}; ${Cookie}`, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, json: "true" }).toString(),
  });
}

async function beginForm(baseUrl: string): Promise<{ csrfToken: string; cookies: string }> {
  const form = await callHttp(baseUrl, "GET", "/api/auth/csrf");
  const { csrfToken } = JSON.parse(form.text) as { csrfToken: string };
  return { csrfToken, cookies: (form.headers["set-cookie"] ?? []).map(nameAndValue).join("; ") };
}

/** Returns the session cookie that a response sets, or undefined when it sets none or clears it. */
export const findSessionCookie = (setCookies: string[] | undefined): string | undefined =>
  setCookies?.map(nameAndValue).find((cookie) => /^(__Host-)?runflow-console\.session=./.test(cookie));

export const nameAndValue = (setCookie: string): string => setCookie.split(";")[0]!;
