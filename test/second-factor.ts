import { createHash } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { Pool } from "pg";
import { sealText } from "@/lib/platform/seal-text";
import { callHttp } from "./call-http";
import { findSessionCookie, nameAndValue, type Person, submitSignIn, TEST_PASSWORD } from "./credentials";
import { TEST_ENCRYPTION_KEY } from "./server";

/** Gives a person an authenticator app, as if they had set it up long ago. */
export async function giveApp(sql: Pool, { id }: Pick<Person, "id">) {
  const secret = new Secret({ size: 20 }).base32;
  const sealed = Buffer.from(sealText(secret, `totp/${id}`, [TEST_ENCRYPTION_KEY]));
  const { rows } = await sql.query<{ id: string }>(
    "INSERT INTO second_factors (person_id, kind, name, secret, last_step) VALUES ($1, 'totp', 'Phone', $2, 0) RETURNING id",
    [id, sealed],
  );
  return { id: rows[0]!.id, secret };
}

/** Gives a person a recovery code. */
export async function giveRecoveryCode(sql: Pool, { id }: Pick<Person, "id">, code: string): Promise<void> {
  const hash = createHash("sha256").update(code.replaceAll("-", "")).digest();
  await sql.query("INSERT INTO recovery_codes (person_id, hash) VALUES ($1, $2)", [id, hash]);
}

/**
 * The code that an authenticator app shows.
 * @param steps later than now; the server accepts -1, 0 and 1, each once
 */
export const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** Enters the right password, and returns the cookie of the second step. */
export async function enterPassword(
  baseUrl: string,
  { email }: Pick<Person, "email">,
  headers: Record<string, string> = {},
): Promise<string> {
  const answer = await submitSignIn(baseUrl, { email, password: TEST_PASSWORD }, headers);
  const cookies = (answer.headers["set-cookie"] ?? []).map(nameAndValue);
  const step = cookies.find((cookie) => cookie.startsWith("runflow-console.step="));
  if (!step || findSessionCookie(cookies)) throw new Error(`no second step: ${answer.status} ${answer.text}`);
  return step;
}

/** Submits a form of the sign-in that follows or replaces the password. */
export async function submitForm(
  baseUrl: string,
  means: "second-step" | "passkey",
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const form = await callHttp(baseUrl, "GET", "/api/auth/csrf");
  const { csrfToken } = JSON.parse(form.text) as { csrfToken: string };
  const cookies = (form.headers["set-cookie"] ?? []).map(nameAndValue).join("; ");
  return callHttp(baseUrl, "POST", `/api/auth/callback/${means}`, {
    headers: {
      ...headers,
      Cookie: [cookies, headers["Cookie"]].filter(Boolean).join("; "),
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ csrfToken, json: "true", ...fields }).toString(),
  });
}
