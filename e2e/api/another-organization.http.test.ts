import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import { ADMIN_SCOPE, PERMISSIONS } from "@/lib/states/permissions";
import { callHttp } from "@/test/call-http";
import { observe } from "@/test/changes";
import { makeKey, makePerson, signIn } from "@/test/credentials";
import { openStream } from "@/test/event-stream";
import { useApi } from "@/test/use-api";
import { FIXTURES, type Stage } from "./coverage-fixtures";

const api = useApi();
let stage: Stage;
/** Callers who reach only the other organization, with every permission there. */
let outsiders: { staff: object; customer: object; session: object };

beforeAll(async () => {
  const { database, fixture, otherScene, baseUrl, call } = api();
  const sql = database.owner;
  const scopes = [ADMIN_SCOPE, ...PERMISSIONS];
  const orgIds = [otherScene.orgId];
  const admin = await makePerson(sql, { role: "admin" });
  const outsider = await makePerson(sql, { role: "admin", orgIds });
  stage = {
    database,
    fixture,
    baseUrl,
    admin: await makeKey(sql, { ownerId: admin.id, scopes }),
    inference: await makeKey(sql, { ownerId: fixture.customer.person.id, orgId: fixture.orgId }),
  };
  outsiders = {
    staff: (await makeKey(sql, { ownerId: outsider.id, scopes, orgIds })).headers,
    customer: (await makeKey(sql, { ownerId: otherScene.customer.person.id, orgId: otherScene.orgId }))
      .headers,
    session: await signIn(baseUrl, outsider),
  };
  const { path, body } = await FIXTURES["cancelRun"]!(stage);
  await call("POST", path, { ...stage.admin, body: JSON.stringify(body) }); // an entry to read
});

/** Records that belong to no organization, with the answer to callers who don't reach every one. */
const SHARED: Record<string, number> = {
  // Team views: all staff read them, and admins tidy them up.
  updateView: 200,
  deleteView: 200,
  countView: 200,
  // All organizations run the same models.
  updateModel: 403,
};

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** Leaves streams that stay open. */
async function ask({ method, responses }: Operation, path: string, headers: object, body?: object) {
  if (responses[200]?.mediaType === "text/event-stream") {
    const stream = await openStream(stage.baseUrl + path, { ...headers });
    stream.leave();
    return { status: stream.status, text: stream.text() };
  }
  const sent = { headers: { "Content-Type": "application/json", ...headers } };
  return callHttp(stage.baseUrl, method, path, { ...sent, ...(body && { body: JSON.stringify(body) }) });
}

/** Makes a request for records of the first organization. @returns how it got at them, or undefined */
async function findLeak(operation: Operation, headers: object): Promise<string | undefined> {
  const { path, body } = await FIXTURES[operation.id]!(stage);
  const { result, changes } = await observe(stage.database.owner, () => ask(operation, path, headers, body));
  const isAbout = (value: unknown) => JSON.stringify(value).includes(stage.fixture.orgId);
  if (isAbout(result.text)) return `shows the organization: ${result.text}`;
  const { security_events: _refusal, ...others } = changes;
  if (isAbout(others)) return `changes the organization: ${JSON.stringify(others)}`;
  const [pathname] = path.split("?") as [string];
  const shared = SHARED[operation.id];
  if (shared !== undefined) return result.status === shared ? undefined : `answers ${result.status}`;
  if (pathname.search(UUID) === -1) return undefined;
  if (Object.keys(others).length > 0) return `changes ${Object.keys(others).join()}`;
  const missing = await ask(
    operation,
    pathname.replaceAll(UUID, () => randomUUID()),
    headers,
    body,
  );
  const isSame = result.status === 404 && result.text === missing.text;
  return isSame
    ? undefined
    : `answers ${result.status} ${result.text} for a record, ${missing.text} for none`;
}

const guarded = OPERATIONS.flatMap((each) => {
  const { access, method, path } = each;
  return access.by === "credential" ? [{ each, access, name: `${method} ${path}` }] : [];
});

test.each(guarded)(
  "$name by callers of another organization: finds nothing of it",
  async ({ each, access }) => {
    const callers = access.session
      ? [outsiders.session]
      : [outsiders.staff, outsiders.session, ...(access.admin ? [] : [outsiders.customer])];
    for (const headers of callers) expect(await findLeak(each, headers)).toBeUndefined();
  },
);

/** Reads of one record, which a caller of its organization finds. */
const reads = guarded.filter(
  ({ each, access }) =>
    each.method === "GET" && each.path.includes("{") && !access.session && !(each.id in SHARED),
);

test.each(reads)("$name by a caller of its organization: the check notices", async ({ each }) => {
  expect(await findLeak(each, stage.admin.headers)).toBeDefined();
});
