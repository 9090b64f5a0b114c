import { expect, test } from "vitest";
import { generateKey } from "@/lib/identity/key";
import { makeKey, makePerson } from "@/test/credentials";
import { readSecurityEvents } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const BUDGET = 5;
const api = useApi({ TRUSTED_PROXIES: "1", REFUSALS_PER_MINUTE: String(BUDGET) });
const RUNS = "/v1/admin/runs";

const ask = (address: string, headers: object = {}, path = RUNS) =>
  api().call("GET", path, { headers: { ...headers, "X-Forwarded-For": address } });
const countEvents = async () => (await readSecurityEvents(api().database.owner)).length;
const bearer = (text: string) => ({ Authorization: `Bearer ${text}` });

test("address over its budget of refusals: 429, no event, no table access", async () => {
  const address = "203.0.113.1";
  const before = await countEvents();
  // The budget belongs to the address, for every path and kind of invalid credential.
  const paths = [RUNS, "/v1/admin/audit-log", RUNS, "/v1/admin/security-events", RUNS];
  const wrong = [
    {},
    bearer("x"),
    bearer(generateKey("service")),
    { Cookie: "runflow-console.session=x" },
    {},
  ];
  for (const [index, path] of paths.entries())
    expect(await ask(address, wrong[index], path)).toMatchObject({ status: 401 });
  expect((await countEvents()) - before).toBe(BUDGET);

  expect(await ask(address, bearer(generateKey("service")))).toMatchObject({ status: 429 });
  const lock = await api().database.owner.connect();
  try {
    await lock.query(
      "BEGIN; LOCK TABLE security_events, api_keys, people, sessions IN ACCESS EXCLUSIVE MODE",
    );
    for (const headers of [{}, bearer("x"), { Cookie: "runflow-console.session=x" }]) {
      const refused = await ask(address, headers);
      expect(refused).toMatchObject({ status: 429, json: { code: "RATE_LIMITED", errors: null } });
      expect(Number(refused.headers["retry-after"])).toSatisfy(
        (seconds: number) => seconds >= 1 && seconds <= 60,
      );
    }
  } finally {
    await lock.query("ROLLBACK");
    lock.release();
  }
  expect((await countEvents()) - before).toBe(BUDGET);
  expect(await ask("203.0.113.2")).toMatchObject({ status: 401 });
});

test("valid credential from an exhausted address: accepted", async () => {
  const { database } = api();
  const address = "203.0.113.3";
  for (let refused = 0; refused <= BUDGET; refused++) await ask(address);
  expect(await ask(address)).toMatchObject({ status: 429 });
  const { headers } = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
  for (let times = 0; times < 3; times++) expect(await ask(address, headers)).toMatchObject({ status: 200 });
  expect(await ask(address)).toMatchObject({ status: 429 });
});

test("budget: only refused credentials count", async () => {
  const { database } = api();
  const address = "203.0.113.4";
  const { headers } = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
  for (let times = 0; times < 2 * BUDGET; times++)
    expect(await ask(address, headers)).toMatchObject({ status: 200 });
  expect(await ask(address)).toMatchObject({ status: 401 });
});
