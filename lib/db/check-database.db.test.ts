import { expect, test } from "vitest";
import { useDatabase } from "@/lib/testing/database";
import { checkDatabase } from "./check-database";
import { findFreePort } from "./free-port";

const database = useDatabase();

function change(part: Partial<Record<"port" | "password" | "pathname" | "hostname", string>>): string {
  return Object.assign(new URL(database().ownerUrl), part).href;
}

const check = (url: string, asOwner = false) => checkDatabase({ variable: "DATABASE_URL", url, asOwner });

test("a database that can be used passes, and the application's login is no owner", async () => {
  await check(database().ownerUrl, true);
  await check(database().appUrl);
  await expect(check(database().appUrl, true)).rejects.toThrow(
    "its login must own the database and be able to make roles",
  );
});

test("what is wrong is told in one sentence without the password", async () => {
  const cases: [url: string, sentence: string][] = [
    ["nonsense", "DATABASE_URL is no address of a PostgreSQL database"],
    ["mysql://owner:secret@localhost/console", "DATABASE_URL is no address of a PostgreSQL database"],
    [change({ port: String(await findFreePort()) }), "nothing listens there"],
    [change({ password: "secret" }), "the password is wrong"],
    [change({ pathname: "/nowhere" }), "there is no such database"],
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
