import { globSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import type { AuditAction } from "@/lib/states/audit-entry";
import { ADMIN_SCOPE, PERMISSIONS } from "@/lib/states/permissions";
import { callHttp } from "@/test/call-http";
import { type Changes, observe, type Row } from "@/test/changes";
import {
  findSessionCookie,
  makeKey,
  makePerson,
  signOut,
  submitSignIn,
  TEST_PASSWORD,
} from "@/test/credentials";
import { openStream } from "@/test/event-stream";
import { PERMISSION_REQUIRED } from "@/test/refusal";
import { useApi } from "@/test/use-api";
import { type Attempt, FIXTURES, headersOf, type Stage } from "./coverage-fixtures";

const api = useApi();
let stage: Stage;
let ownerId: string;

beforeAll(async () => {
  const { database, fixture, baseUrl } = api();
  ownerId = (await makePerson(database.owner, { role: "admin" })).id;
  stage = {
    database,
    fixture,
    baseUrl,
    admin: await makeKey(database.owner, { ownerId, scopes: [ADMIN_SCOPE, ...PERMISSIONS] }),
    inference: await makeKey(database.owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId }),
  };
  await attempt(operation("cancelRun"), await FIXTURES["cancelRun"]!(stage)); // an entry to read
});

const operation = (id: string): Operation => OPERATIONS.find((known) => known.id === id)!;

type Outcome = { status: number; requestId: string; actorId: string; body: unknown };

async function attempt(
  { method, responses }: Operation,
  { path, body, headers }: Attempt,
  key = stage.admin,
): Promise<Outcome> {
  const { baseUrl } = api();
  const sent = headersOf(key, { headers });
  const actorId =
    headers?.["Authorization"] === stage.inference.headers.Authorization ? stage.inference.id : key.id;
  if (responses[200]?.mediaType) {
    const stream = await openStream(baseUrl + path, sent);
    stream.leave();
    return {
      status: stream.status,
      requestId: String(stream.headers["runflow-request-id"]),
      actorId,
      body: null,
    };
  }
  const reply = await callHttp(baseUrl, method, path, {
    headers: sent,
    ...(body && { body: JSON.stringify(body) }),
  });
  const isJson = reply.headers["content-type"]?.startsWith("application/json");
  const requestId = String(reply.headers["runflow-request-id"]);
  return { status: reply.status, requestId, actorId, body: isJson ? JSON.parse(reply.text) : reply.text };
}

type Expected = { action: AuditAction; actorId: string; targetId: string; requestId: string };

/** Expects exactly these audit entries, all waiting for their seals. */
function expectEntries(changes: Changes, expected: Expected[]): void {
  const { added, removed } = changes["audit_entries"] ?? { added: [], removed: [] };
  expect(removed).toEqual([]);
  expect(
    added
      .toSorted((left, right) => String(left["id"]).localeCompare(String(right["id"])))
      .map((row) => [row["action"], row["actor_id"], row["target_id"], row["request_id"]]),
  ).toEqual(
    expected.map(({ action, actorId, targetId, requestId }) => [action, actorId, targetId, requestId]),
  );
  const waiting = (changes["audit_unsealed"]?.added ?? []).map((row) => row["entry_id"]);
  expect(new Set(waiting)).toEqual(new Set(added.map((row) => row["id"])));
  expect(changes["security_events"]).toBeUndefined();
}

/** Change nothing but the time of the last use, which `observe` leaves out. */
const ONLY_LAST_USE = new Set(["reportActivity", "startTotp", "startPasskey", "challengePasskey"]);
const isFilled = (list: unknown[]) => list.length > 0;

/** Runs an operation once and expects exactly the entry that it declares. */
async function expectDeclared(of: Operation): Promise<Changes> {
  const fixture = FIXTURES[of.id];
  if (!fixture) throw new Error(`coverage-fixtures.ts has no fixture for ${of.id}`);
  const prepared = await fixture(stage);
  const { result, changes } = await observe(stage.database.owner, () => attempt(of, prepared));
  expect(result).toMatchObject({ status: expect.toSatisfy((status: number) => status < 300) });
  const { audits } = of;
  if (audits === undefined) {
    expect(changes).toEqual({});
  } else if (typeof audits === "object") {
    expect(Object.keys(changes)).toEqual(ONLY_LAST_USE.has(of.id) ? [] : expect.toSatisfy(isFilled));
    expectEntries(changes, []);
  } else {
    const { target, first } = prepared;
    const targetId = typeof target === "function" ? target(result.body as { id: string }) : target!;
    const { actorId = result.actorId } = prepared;
    const { requestId } = result;
    expectEntries(changes, [
      ...(first
        ? [
            {
              action: first.action,
              actorId,
              targetId: first.target(result.body as { id: string }),
              requestId,
            },
          ]
        : []),
      { action: audits, actorId, targetId, requestId },
    ]);
  }
  return changes;
}

const changing = OPERATIONS.filter(({ audits }) => audits !== undefined);

describe("operation done once: exactly its declared effects in the whole database:", () => {
  test.each(OPERATIONS.map((each) => ({ each, name: `${each.method} ${each.path}` })))(
    "$name: leaves its declared entry",
    async ({ each }) => void (await expectDeclared(each)),
  );
});

describe("operation without the permission", () => {
  const guarded = OPERATIONS.flatMap((each) => {
    const { access } = each;
    // No key may call an operation for sessions; `who-may-call` has their refusals.
    if (access.by !== "credential" || access.permission === null || access.session) return [];
    return [{ each, permission: access.permission, name: `${each.method} ${each.path}` }];
  });

  test.each(guarded)(
    "$permission, $name: changes nothing, and records a security event for staff",
    async ({ each, permission }) => {
      const { owner } = stage.database;
      const scopes = [ADMIN_SCOPE, ...PERMISSIONS.filter((other) => other !== permission)];
      const key = await makeKey(owner, { ownerId, scopes });
      const { headers, ...prepared } = await FIXTURES[each.id]!(stage);
      const { Authorization: _theirs, ...others } = headers ?? {};
      const { result, changes } = await observe(owner, () =>
        attempt(each, { ...prepared, headers: others }, key),
      );
      expect(result.status).toBe(403);
      // A stream stays open, so only its status was read.
      if (!each.responses[200]?.mediaType)
        expect(result.body).toMatchObject({ errors: [PERMISSION_REQUIRED(permission)] });
      const isKept = each.path.startsWith("/v1/admin/") || typeof each.audits === "string";
      const event = {
        added: [
          expect.objectContaining({
            code: "PERMISSION_DENIED",
            request_id: result.requestId,
            actor_id: key.id,
          }),
        ],
        removed: [],
      };
      expect(changes).toEqual(isKept ? { security_events: event } : {});
    },
  );

  test("operations that change something: all are covered", () => {
    const open = changing.filter(
      ({ access }) => access.by === "credential" && access.permission === null && !access.session,
    );
    expect(open.map(({ id }) => id)).toEqual([]);
    const unsigned = changing.filter(({ access }) => access.by === "anyone");
    // With a key that they hold, or with a link that only its person has.
    expect(unsigned.map(({ id }) => id).toSorted()).toEqual([
      "challengePasskey",
      "claimKey",
      "reportLeakedKey",
      "setPassword",
    ]);
  });
});

describe("sessions", () => {
  const observeAll = <T>(act: () => Promise<T>) => observe(stage.database.owner, act);
  const idOf = (rows: Row[] | undefined) => String(rows?.[0]?.["id"]);

  test("sign-in and sign-out: one entry each, also for the session that a new one replaces", async () => {
    const { baseUrl } = api();
    const person = await makePerson(stage.database.owner);
    const credentials = { email: person.email, password: TEST_PASSWORD };
    const actorId = person.id;

    const first = await observeAll(() => submitSignIn(baseUrl, credentials));
    const Cookie = findSessionCookie(first.result.headers["set-cookie"])!;
    const firstId = idOf(first.changes["sessions"]?.added);
    const requestOf = ({ headers }: typeof first.result) => String(headers["runflow-request-id"]);
    expectEntries(first.changes, [
      { action: "session.started", actorId, targetId: firstId, requestId: requestOf(first.result) },
    ]);

    const second = await observeAll(() => submitSignIn(baseUrl, credentials, { Cookie }));
    const secondId = idOf(second.changes["sessions"]?.added.filter(({ id }) => id !== firstId));
    const requestId = requestOf(second.result);
    expectEntries(second.changes, [
      { action: "session.started", actorId, targetId: secondId, requestId },
      { action: "session.ended", actorId, targetId: firstId, requestId },
    ]);

    const session = {
      Cookie: findSessionCookie(second.result.headers["set-cookie"])!,
      Origin: baseUrl,
      "Sec-Fetch-Site": "same-origin",
    };
    const out = await observeAll(() => signOut(baseUrl, session));
    expectEntries(out.changes, [
      { action: "session.ended", actorId, targetId: secondId, requestId: requestOf(out.result) },
    ]);
    expect((await observeAll(() => signOut(baseUrl, session))).changes).toEqual({});
  });

  test("failed sign-in: one security event and nothing else", async () => {
    const { email } = await makePerson(stage.database.owner);
    const { result, changes } = await observeAll(() =>
      submitSignIn(api().baseUrl, { email, password: "wrong" }),
    );
    const request_id = result.headers["runflow-request-id"];
    const event = expect.objectContaining({ kind: "sign_in.failed", actor_name: email, request_id });
    expect(changes).toEqual({ security_events: { added: [event], removed: [] } });
  });
});

test("other write paths: none exist", () => {
  const read = (pattern: string) =>
    globSync(pattern).map((file) => ({ file, text: readFileSync(file, "utf8") }));
  const routes = read("app/**/route.ts");
  const others = routes.filter(({ text }) => !/\bendpoint\(\{/.test(text)).map(({ file }) => file);
  expect(others.toSorted()).toEqual([
    "app/api/auth/[...nextauth]/route.ts",
    "app/llms.txt/route.ts",
    "app/metrics/route.ts",
    "app/reference/[id]/markdown/route.ts",
    "app/scim/v2/[...path]/route.ts",
    "app/v1/[...path]/route.ts",
  ]);
  const bound = routes.flatMap(({ text }) =>
    [...text.matchAll(/\bbind\(\s*(\w+)Operation\b/g)].map(([, id]) => id!),
  );
  const ids = OPERATIONS.map(({ id }) => id).toSorted();
  expect(bound.toSorted()).toEqual(ids);
  expect(Object.keys(FIXTURES).toSorted()).toEqual(ids);
  const actions = read("{app,components,lib}/**/*.{ts,tsx}").filter(({ text }) =>
    /["']use server["']/.test(text),
  );
  expect(actions).toEqual([]);
});

test("OpenAPI document: the same operations", async () => {
  const document = (await api().call("GET", "/v1/openapi.json")).json as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const documented = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(documented.toSorted()).toEqual(OPERATIONS.map(({ id }) => id).toSorted());
});

describe("coverage check detects", () => {
  /** Alters what the database writes to the trail, as a faulty verb would. */
  async function withFault(
    when: "BEFORE" | "AFTER",
    deed: string,
    act: () => Promise<unknown>,
  ): Promise<void> {
    const { owner } = stage.database;
    await owner.query(`CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN ${deed}; RETURN NEW; END $$;
      CREATE TRIGGER fault ${when} INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION fault()`);
    await act().finally(() => owner.query("DROP TRIGGER fault ON audit_entries; DROP FUNCTION fault"));
  }

  test.each([
    ["another action", "BEFORE", "NEW.action := 'webhook.updated'"],
    ["another actor", "BEFORE", "NEW.actor_id := uuidv7()"],
    ["another target", "BEFORE", "NEW.target_id := uuidv7()"],
    ["another request", "BEFORE", "NEW.request_id := 'req_other'"],
    [
      "a second entry",
      "AFTER",
      "IF pg_trigger_depth() = 1 THEN INSERT INTO audit_entries SELECT (jsonb_populate_record(NEW, jsonb_build_object('id', uuidv7()))).*; END IF",
    ],
  ] as const)("%s", async (_what, when, deed) => {
    await withFault(when, deed, () =>
      expect(expectDeclared(operation("createWebhook"))).rejects.toThrow("to deeply equal"),
    );
  });

  test("a change without an entry: verbs can't make one, direct SQL can", async () => {
    const { owner } = stage.database;
    const swallow = "IF NEW.action = 'view.created' THEN RETURN NULL; END IF";
    await withFault("BEFORE", swallow, async () => {
      const prepared = await FIXTURES["createView"]!(stage);
      const { result, changes } = await observe(owner, () => attempt(operation("createView"), prepared));
      expect(result.status).toBe(500);
      expect(changes).toEqual({});
    });
    const unseen = await observe(owner, () => owner.query("UPDATE saved_views SET name = name || '!'"));
    expect(() =>
      expectEntries(unseen.changes, [{ action: "view.updated", actorId: "", targetId: "", requestId: "" }]),
    ).toThrow("to deeply equal");
    expect(unseen.changes).toHaveProperty("saved_views");
  });

  test("an operation that changes something but declares no change", async () => {
    const innocent = {
      ...operation("createWebhook"),
      method: "POST",
      audits: undefined,
    } as unknown as Operation;
    await expect(expectDeclared(innocent)).rejects.toThrow("to deeply equal");
    const exempt = { ...innocent, audits: { exempt: "so they say" } } as Operation;
    await expect(expectDeclared(exempt)).rejects.toThrow("to deeply equal");
  });

  test("an operation without a fixture", async () => {
    await expect(expectDeclared({ ...operation("getHealth"), id: "newOperation" })).rejects.toThrow(
      "newOperation",
    );
  });
});
