import { expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { checkDatabase } from "./check-database";
import { findFreePort } from "./free-port";

const database = useDatabase();

function change(part: Partial<Record<"port" | "password" | "pathname" | "hostname", string>>): string {
  return Object.assign(new URL(database().ownerUrl), part).href;
}

type Role = Parameters<typeof checkDatabase>[0]["as"];
const check = (url: string, as: Role = undefined) =>
  checkDatabase({ variable: "DATABASE_URL", url, ...(as && { as }) });

test("usable database: passes; the application's login is refused as owner", async () => {
  await check(database().ownerUrl, "owner");
  await check(database().appUrl);
  await expect(check(database().appUrl, "owner")).rejects.toThrow(
    "login must own the database and may create roles",
  );
});

test("each process: needs its own login, never one that could change the audit trail", async () => {
  const { ownerUrl, appUrl, workerUrl, owner, name } = database();
  await check(appUrl, "console_web");
  await check(workerUrl, "console_worker");
  for (const as of ["console_web", "console_worker"] as const)
    await expect(check(ownerUrl, as)).rejects.toThrow(`Create a login that is only a member of ${as}`);
  await expect(check(workerUrl, "console_web")).rejects.toThrow("its login is a member of console_worker");
  await expect(check(appUrl, "console_worker")).rejects.toThrow("its login is a member of console_web");

  const login = `${name}_old`;
  await owner.query(`CREATE ROLE ${login} LOGIN PASSWORD 'old' IN ROLE console_app`);
  const oldUrl = Object.assign(new URL(ownerUrl), { username: login, password: "old" }).href;
  try {
    await expect(check(oldUrl, "console_web")).rejects.toThrow("GRANT console_web TO its name");
    await owner.query(`GRANT console_web TO ${login}`);
    await check(oldUrl, "console_web");
  } finally {
    await owner.query(`DROP ROLE ${login}`);
  }
});

test("fault: explained in one sentence, without the password", async () => {
  const cases: [url: string, sentence: string][] = [
    ["nonsense", "DATABASE_URL is not a PostgreSQL URL"],
    ["mysql://owner:secret@localhost/console", "DATABASE_URL is not a PostgreSQL URL"],
    [change({ port: String(await findFreePort()) }), "nothing listens there"],
    [change({ password: "secret" }), "the password is wrong"],
    [change({ pathname: "/nowhere" }), "the database doesn't exist"],
    [change({ hostname: "no-such-host.invalid" }), "host"],
  ];
  for (const [url, sentence] of cases) {
    const problem = await check(url).then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    expect(problem).toMatchObject({
      name: "SetupProblem",
      message: expect.stringContaining(sentence) as string,
    });
    expect(problem?.message).not.toContain("secret");
  }
});
