import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { makeCheckpoint } from "@/lib/audit/checkpoints/make-checkpoint";
import { readCheckpoint } from "@/lib/audit/signing/read-checkpoint";
import { makeSigningKey } from "@/lib/audit/signing/sign-note";
import { findSigner, readVerifierKey } from "@/lib/audit/signing/verifier-key";
import { AuditCheckpointPage, type AuditKey } from "@/lib/contract/audit-checkpoints";
import { ADMIN_SCOPE, PERMISSIONS } from "@/lib/states/permissions";
import { type Key, makeKey, makePerson } from "@/test/credentials";
import { growTrail } from "@/test/grow-trail";
import { startReceiver } from "@/test/receiver";
import { expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";
import { startWorker } from "@/test/worker";

const api = useApi();
const CHECKPOINTS = "/v1/admin/audit-log/checkpoints";
const KEYS = "/v1/admin/audit-log/keys";
const FORWARDING = "/v1/admin/audit-log/forwarding";
const key = makeSigningKey(Buffer.alloc(32, 1));
let admin: Key;
let reader: Key;

beforeAll(async () => {
  const { database, fixture } = api();
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  admin = await makeKey(database.owner, { ownerId, scopes: [ADMIN_SCOPE, ...PERMISSIONS] });
  reader = await makeKey(database.owner, { ownerId, scopes: [ADMIN_SCOPE, "audit.read"] });
  for (let made = 0; made < 3; made++) {
    await growTrail(database, [fixture], 1);
    await makeCheckpoint(database.workerDb, [key]);
  }
});

const list = async (query = "", by = reader) =>
  AuditCheckpointPage.parse((await api().call("GET", CHECKPOINTS + query, { headers: by.headers })).json);

describe("list of checkpoints", () => {
  test("checkpoints: newest first, in pages, with the note that contains each", async () => {
    const { items } = await list();
    expect(items.map(({ number }) => number)).toEqual([3, 2, 1]);
    for (const { note, publications, key_ids, ...said } of items) {
      expect(readCheckpoint(note)).toMatchObject(said);
      expect(publications).toEqual([]);
      expect(key_ids).toEqual([key.id.toString("hex")]);
    }
    const first = await list("?limit=2");
    const second = await list(`?limit=2&pq=${encodeURIComponent(first.next!)}`);
    expect([...first.items, ...second.items]).toEqual(items);
    expect(second.next).toBeNull();
    const back = await list(`?limit=2&pq=${encodeURIComponent(second.previous!)}&from_prev=true`);
    expect(back.items).toEqual(first.items);
  });

  test("signing keys: listed, and they verify the notes", async () => {
    const { json, status } = await api().call("GET", KEYS, { headers: reader.headers });
    expect(status).toBe(200);
    const { items } = json as { items: AuditKey[] };
    expect(items).toEqual([
      {
        key_id: key.id.toString("hex"),
        verifier_key: key.verifierKey,
        first_used_at: expect.stringMatching(/^\d{4}-.+\+00:00$/),
      },
    ]);
    const verifier = await readVerifierKey(items[0]!.verifier_key);
    const [newest] = (await list()).items;
    expect(await findSigner(readCheckpoint(newest!.note)!, [verifier!])).toBe(verifier);
  });

  test.each([
    ["?limit=0", "limit"],
    ["?limit=501", "limit"],
    ["?pq=nonsense", "pq"],
    ["?from_prev=true", "from_prev"],
    ["?number=1", "number"],
  ])("invalid parameter %s: 422", async (query, field) => {
    const expected = {
      status: 422,
      code: "VALIDATION_ERROR",
      error: { loc: ["query", field] },
      actorId: reader.id,
    };
    const request = { method: "GET", path: CHECKPOINTS + query, headers: reader.headers };
    await expectRefusal(api(), request, expected);
  });

  test("forwarding target: backlog and last error", async () => {
    const { worker, owner } = api().database;
    await worker.query("INSERT INTO audit_forwarding (target) VALUES ('https://siem.example/collect')");
    await worker.query("UPDATE audit_forwarding SET position = 1, failures = 2, last_error = 'answered 503'");
    const { rows } = await owner.query<{ last: number }>(
      "SELECT max(position)::int AS last FROM audit_seals",
    );
    const { json } = await api().call("GET", FORWARDING, { headers: reader.headers });
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/) as string;
    expect(json).toEqual({
      items: [
        {
          target: "https://siem.example/collect",
          position: 1,
          lacking: rows[0]!.last - 1,
          lacking_since: at,
          failures: 2,
          last_error: "answered 503",
          tried_at: at,
        },
      ],
    });
  });

  test.each([CHECKPOINTS, KEYS, FORWARDING])("%s without the permission: refused", async (path) => {
    const { id: ownerId } = await makePerson(api().database.owner, { role: "admin" });
    const other = await makeKey(api().database.owner, { ownerId, scopes: [ADMIN_SCOPE, "runs.read"] });
    const expected = { status: 403, code: "PERMISSION_DENIED", actorId: other.id };
    await expectRefusal(api(), { method: "GET", path, headers: other.headers }, expected);
    await expectRefusal(api(), { method: "GET", path }, { status: 401, code: "UNAUTHORIZED", actorId: null });
  });
});

describe("checkpoint request", () => {
  const post = (headers: Record<string, string> = {}) =>
    api().call("POST", CHECKPOINTS, { headers: { ...admin.headers, ...headers } });
  const queued = async () =>
    (
      await api().database.owner.query(
        "SELECT FROM graphile_worker.jobs WHERE task_identifier = 'make_checkpoint'",
      )
    ).rowCount;
  const entries = async () =>
    (
      await api().database.owner.query(
        "SELECT actor_id, org_id, meta FROM audit_entries WHERE action = 'audit.checkpoint_requested' ORDER BY id",
      )
    ).rows as unknown[];

  test("repeated requests: one job, an entry each, none for a replay", async () => {
    const before = await entries();
    const first = await post({ "Idempotency-Key": "one" });
    expect(first).toMatchObject({ status: 202, json: { newest_number: 3 } });
    expect(await post({ "Idempotency-Key": "one" })).toMatchObject({ status: 202, json: first.json });
    expect(await post()).toMatchObject({ status: 202 });
    expect(await queued()).toBe(1);
    const entry = {
      actor_id: admin.id,
      org_id: "00000000-0000-0000-0000-000000000000",
      meta: { newest_number: 3, reason: null, ticket: null },
    };
    expect((await entries()).slice(before.length)).toEqual([entry, entry]);
  });

  test("request by an auditor or without a credential: refused", async () => {
    const expected = { status: 403, code: "PERMISSION_DENIED", actorId: reader.id };
    await expectRefusal(api(), { path: CHECKPOINTS, headers: reader.headers }, expected);
    await expectRefusal(api(), { path: CHECKPOINTS }, { status: 401, code: "UNAUTHORIZED", actorId: null });
  });

  test("invalid Idempotency-Key: refused", async () => {
    await expectRefusal(
      api(),
      { path: CHECKPOINTS, headers: { ...admin.headers, "Idempotency-Key": "a b" } },
      {
        status: 422,
        code: "VALIDATION_ERROR",
        error: { loc: ["header", "idempotency-key"] },
        actorId: admin.id,
      },
    );
  });

  test.each(["PUT", "PATCH", "DELETE"])("%s: not allowed", async (method) => {
    const expected = { status: 405, code: "METHOD_NOT_ALLOWED" };
    await expectRefusal(api(), { method, path: CHECKPOINTS, headers: admin.headers }, expected);
  });
});

describe("worker", () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "runflow-checkpoints-"))));
  afterAll(() => rm(folder, { recursive: true }));

  test("requested checkpoint: covers its own entry; the next worker finishes the copies of a killed one", async () => {
    const { database, call } = api();
    const receiver = await startReceiver();
    onTestFinished(() => receiver.close());
    const targets = [`${pathToFileURL(folder)}/`, `${receiver.origin}/vault`];
    const env = { AUDIT_CHECKPOINT_TARGETS: targets.join(","), AUDIT_FORWARD_SECRET: "s".repeat(32) };
    receiver.behave(() => {}); // accepts the note and never responds
    const killed = await startWorker(database.workerUrl, env);
    onTestFinished(() => killed.kill());
    const asked = await call("POST", CHECKPOINTS, { headers: admin.headers });
    const newest = async () => (await list("?limit=1")).items[0]!;
    const sealedAt = async () =>
      (
        await database.owner.query<{ position: number }>(
          `SELECT s.position::int FROM audit_entries e JOIN audit_seals s ON s.entry_id = e.id
           WHERE e.request_id = $1`,
          [asked.requestId],
        )
      ).rows[0]?.position ?? Infinity;
    const isVouchedFor = async () => (await newest()).position >= (await sealedAt());
    await expect.poll(isVouchedFor, { timeout: 20_000 }).toBe(true);
    await expect.poll(() => receiver.heard.length, { timeout: 20_000 }).toBeGreaterThan(0);
    await killed.kill();
    expect((await list()).items.flatMap(({ publications }) => publications)).not.toContainEqual(
      expect.objectContaining({ target: targets[1], published_at: expect.any(String) }),
    );

    receiver.behave((_heard, response) => void response.end());
    const next = await startWorker(database.workerUrl, env);
    onTestFinished(() => next.kill());
    const lacking = async () =>
      (await list()).items.flatMap(({ number, publications }) =>
        targets
          .filter(
            (target) => !publications.some((copy) => copy.target === target && copy.published_at !== null),
          )
          .map((target) => [number, target]),
      );
    await expect.poll(lacking, { timeout: 20_000 }).toEqual([]);
    await next.stop();
    const { items } = await list();
    const copies = await Promise.all(
      (await readdir(folder)).map((name) => readFile(path.join(folder, name), "utf8")),
    );
    expect(new Set(copies)).toEqual(new Set(items.map(({ note }) => note)));
    const arrived = receiver.heard.map(({ body }) => body.toString());
    expect([...new Set(arrived)]).toEqual(items.map(({ note }) => note).toReversed());
  });
});
