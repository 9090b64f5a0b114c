import { randomBytes } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { onServer, testServer } from "@/test/postgres";
import { checkDatabase } from "./check-database";
import { makeLogins } from "./make-logins";

const database = useDatabase();
/** Names that must be quoted, and passwords that must be escaped in a URL. */
const mark = `test '"${randomBytes(5).toString("hex")}`;
const [web, worker] = [`${mark} web`, `${mark} worker`];
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
afterAll(() => onServer(testServer().ownerUrl, `DROP ROLE IF EXISTS ${quoted(web)}, ${quoted(worker)}`));

function url(user: string, password: string): string {
  const target = new URL(database().ownerUrl);
  Object.assign(target, { username: encodeURIComponent(user), password: encodeURIComponent(password) });
  return target.href;
}

const make = (webPassword: string, workerPassword = "b") =>
  makeLogins(database().ownerUrl, [
    { variable: "DATABASE_URL", url: url(web, webPassword), role: "console_web" },
    { variable: "WORKER_DATABASE_URL", url: url(worker, workerPassword), role: "console_worker" },
  ]);
const check = (user: string, password: string, as: "console_web" | "console_worker") =>
  checkDatabase({ variable: "URL", url: url(user, password), as });

test("logins: created as members of their own role alone, with a new password when asked again", async () => {
  expect(await make("a'/:@%")).toEqual([web, worker]);
  await check(web, "a'/:@%", "console_web");
  await check(worker, "b", "console_worker");
  await expect(check(web, "a'/:@%", "console_worker")).rejects.toThrow("member of console_web");
  expect(await make("c")).toEqual([web, worker]);
  await check(web, "c", "console_web");
  await expect(check(web, "a'/:@%", "console_web")).rejects.toThrow("the password is wrong");
});

test.each([
  "",
  "postgresql://localhost/console",
  "postgresql://name@localhost/console",
  "postgresql://a:%@b",
])("logins: a URL without a login or a password is refused by its variable's name (%s)", async (wrong) => {
  const logins = [{ variable: "DATABASE_URL", url: wrong, role: "console_web" as const }];
  await expect(makeLogins(database().ownerUrl, logins)).rejects.toThrow(
    "DATABASE_URL must name a login and its password.",
  );
});
