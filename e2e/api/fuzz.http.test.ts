import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { OPERATIONS } from "@/lib/contract/operations";
import { ADMIN_SCOPE, PERMISSIONS } from "@/lib/states/permissions";
import { callHttp, type Reply } from "@/test/call-http";
import { makeKey, makePerson, signIn } from "@/test/credentials";
import { documentedBy } from "@/test/documented";
import { openStream } from "@/test/event-stream";
import { useApi } from "@/test/use-api";
import { FIXTURES, type Stage } from "./coverage-fixtures";
import { type AnyRequest, anyRequest, type ApiDocument } from "./fuzz/any-request";
import { findFault } from "./fuzz/find-fault";
import { toCurl, type ToSend, toRequest, type World } from "./fuzz/to-request";
import { watchChanges } from "./fuzz/watch-changes";

/** `npm run drill -- fuzz` sends many more. */
const REQUESTS = Number(process.env["FUZZ_REQUESTS"] ?? 2_000);
/** How many requests use the same records, which they end, revoke and disable. */
const RENEW_EVERY = 1_000;

const api = useApi({ TRUSTED_PROXIES: "1" });
let stage: Stage;
let world: World;
let document: ApiDocument;
let departure: ReturnType<typeof documentedBy>;
let readChanges: () => Promise<string[]>;

beforeAll(async () => {
  const { database, fixture, otherScene, baseUrl, call } = api();
  const sql = database.owner;
  const admin = async (orgIds?: string[]) =>
    makeKey(sql, {
      ownerId: (await makePerson(sql, { role: "admin", ...(orgIds && { orgIds }) })).id,
      scopes: [ADMIN_SCOPE, ...PERMISSIONS],
      ...(orgIds && { orgIds }),
    });
  const session = async (role: "admin" | "support" | "auditor") => ({
    ...(await signIn(baseUrl, await makePerson(sql, { role }))),
  });
  const customer = await makeKey(sql, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
  stage = { database, fixture, baseUrl, admin: await admin(), inference: customer };
  const revoked = await makeKey(sql, { ownerId: fixture.customer.person.id, isRevoked: true });
  const { path, body } = await FIXTURES["cancelRun"]!(stage);
  await call("POST", path, { ...stage.admin, body: JSON.stringify(body) }); // an entry to read
  world = {
    own: new Map(),
    ids: [],
    cursors: [],
    orgId: fixture.orgId,
    admin: stage.admin,
    address: "",
    credentials: {
      admin: stage.admin.headers,
      admin_session: await session("admin"),
      support_session: await session("support"),
      auditor_session: await session("auditor"),
      other_organization: (await admin([otherScene.orgId])).headers,
      customer: customer.headers,
      revoked: revoked.headers,
      none: {},
    },
  };
  document = (await call("GET", "/v1/openapi.json")).json as ApiDocument;
  departure = documentedBy(document);
  readChanges = await watchChanges(sql);
});

/** Makes new records for every operation, without the old ones that fill limits, and changes the address. */
async function renew(round: number): Promise<void> {
  await stage.database.owner.query(
    "UPDATE webhooks SET is_enabled = false, deleted_at = now(); DELETE FROM saved_views",
  );
  for (const { id } of OPERATIONS) world.own.set(id, await FIXTURES[id]!(stage));
  const ids = [...world.own.values()].flatMap(
    ({ path }) => path.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [],
  );
  world.ids = [...ids, stage.fixture.orgId, api().otherScene.orgId, stage.fixture.modelId];
  world.address = `203.0.${113 + (round >> 8)}.${round & 255}`;
  await readChanges();
}

/** Leaves the trail's stream and its exports, which get long, once they have begun. */
async function send({ method, path, headers, body }: ToSend): Promise<Reply> {
  const { baseUrl } = api();
  if (!/^\/v1\/admin\/audit-log\/(stream|export)/.test(path))
    return callHttp(baseUrl, method, path, { headers, ...(body !== undefined && { body }) });
  const stream = await openStream(baseUrl + path, headers);
  const isOpen = stream.status === 200;
  if (!isOpen) await expect.poll(() => stream.hasEnded()).toBe(true);
  stream.leave();
  return { status: stream.status, headers: stream.headers, text: isOpen ? "" : stream.text() };
}

/** How often each operation answered with each status. */
type Tally = Map<string, Map<number, number>>;

async function fuzz(runs: number, only?: string, check = departure): Promise<Tally> {
  const tally: Tally = new Map();
  let sent = 0;
  const property = fc
    .asyncProperty(anyRequest(document, only), async (request: AnyRequest) => {
      const toSend = toRequest(request, world);
      const first = await send(toSend);
      // On an overloaded machine a request may time out, which changes nothing. Twice is a fault.
      const reply = first.status === 503 ? await send(toSend) : first;
      const changes = await readChanges();
      for (const [, cursor] of reply.text.matchAll(/"(?:first|next|previous)":"([^"]+)"/g))
        world.cursors = [cursor!, ...world.cursors].slice(0, 50);
      const isRefused = reply.status >= 400;
      const fault =
        isRefused && changes.length > 0
          ? `refused with ${reply.status}, but changed: ${changes.join(", ")}`
          : findFault(toSend, reply, check);
      if (fault) throw new Error(`${fault}\n\n${toCurl(request, toSend)}\n`);
      const statuses = tally.get(request.id) ?? new Map<number, number>();
      tally.set(request.id, statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1));
    })
    .beforeEach(async () => {
      if (sent++ % RENEW_EVERY === 0) await renew(sent / RENEW_EVERY);
    });
  await fc.assert(property, { numRuns: runs, includeErrorInReport: true });
  return tally;
}

function countStatuses(tally: Tally): string {
  const total = new Map<number, number>();
  for (const [status, count] of [...tally.values()].flatMap((statuses) => [...statuses]))
    total.set(status, (total.get(status) ?? 0) + count);
  const sorted = [...total].toSorted(([left], [right]) => left - right);
  return sorted.map(([status, count]) => `${status}: ${count}`).join(", ");
}

test(
  "any request to any operation: no 5xx, a documented response, and no change by a refusal",
  async () => {
    const tally = await fuzz(REQUESTS);
    if (process.env["FUZZ_REQUESTS"]) console.log(countStatuses(tally));
    const ids = OPERATIONS.map(({ id }) => id);
    expect([...tally.keys()].toSorted()).toEqual(ids.toSorted());
    const missed = (isSeen: (status: number) => boolean) =>
      ids.filter((id) => ![...tally.get(id)!.keys()].some((status) => isSeen(status)));
    // Few requests may miss an operation's success.
    const allowed = REQUESTS < 20_000 ? Math.floor(ids.length / 4) : 0;
    expect(missed((status) => status < 300).slice(allowed)).toEqual([]);
    for (const [name, headers] of Object.entries(world.credentials)) {
      const { status } = await api().call("GET", "/v1/auth/me", { headers });
      expect([name, status]).toEqual([name, ["revoked", "none"].includes(name) ? 401 : 200]);
    }
  },
  60_000 + REQUESTS * 200,
);

describe("fuzzing detects", () => {
  // About one of a hundred requests makes a view.
  const found = (only: string, check?: typeof departure) => fuzz(2_000, only, check);

  /** Breaks the database for the time of `act`. The function runs as the owner, who also makes records. */
  async function withFault(table: string, deed: string, act: () => Promise<unknown>): Promise<void> {
    const { owner } = stage.database;
    await owner.query(`CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN ${deed}; RETURN NEW; END $$;
      CREATE TRIGGER fault AFTER INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION fault()`);
    await act().finally(() => owner.query(`DROP TRIGGER fault ON ${table}; DROP FUNCTION fault`));
  }

  test("a 500, and prints a request that causes it", () =>
    withFault("saved_views", "IF session_user <> current_user THEN RAISE 'broken'; END IF", () =>
      expect(found("createView")).rejects.toThrow(
        /status 500.*\n\ncurl -i --globoff -X POST '\$CONSOLE\/v1\/admin\/views'/s,
      ),
    ));

  test("a refusal that changes something", () =>
    withFault("security_events", "UPDATE models SET stuck_factor = 100 - stuck_factor", () =>
      expect(found("createView")).rejects.toThrow("but changed: UPDATE models"),
    ));

  test("a response that is not documented", () => {
    const altered = structuredClone(document);
    delete altered.paths["/v1/admin/views"]!["post"]!.responses["422"];
    return expect(found("createView", documentedBy(altered))).rejects.toThrow("422 is not documented");
  });
});
