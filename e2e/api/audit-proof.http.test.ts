import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { verifyFile } from "@/lib/audit/verify/verify-file";
import type { AuditEntry } from "@/lib/contract/audit";
import type { AuditEntryProof } from "@/lib/contract/audit-proof";
import { type Key, makeKey, makePerson } from "@/test/credentials";
import { growTrail, readTrail } from "@/test/grow-trail";
import { expectRefusal } from "@/test/refusal";
import { publishKey, signCheckpoint } from "@/test/sign-checkpoint";
import { makeTestSigner } from "@/test/test-signer";
import { useApi } from "@/test/use-api";

const api = useApi();
const signer = makeTestSigner();
let admin: Key;
let trail: AuditEntry[];

/** Ten entries, alternating between two organizations; checkpoints at 4 and 8. */
beforeAll(async () => {
  const { database, fixture, otherScene } = api();
  admin = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
  await growTrail(database, [fixture, otherScene], 10);
  trail = await readTrail(database.owner);
  await publishKey(database.owner, signer);
  await signCheckpoint(database.owner, signer, 4);
  await signCheckpoint(database.owner, signer, 8);
});

const getProof = (id: string, { headers }: { headers: object } = admin) =>
  api().call("GET", `/v1/admin/audit-log/${id}/proof`, { headers: { ...headers } });

describe("GET /v1/admin/audit-log/{id}/proof", () => {
  test.each([
    [1, [1, 3], 4],
    [3, [3], 4],
    [5, [5, 7], 8],
    [8, [8], 8],
  ])(
    "entry at position %i: proof with entries %j, up to the checkpoint at %i",
    async (position, expected, covered) => {
      const reply = await getProof(trail[position - 1]!.id);
      expect(reply.status).toBe(200);
      const { entries, proof } = reply.json as AuditEntryProof;
      expect(entries).toEqual(expected.map((at) => trail[at - 1]));
      expect(proof).toMatchObject({ format: "runflow-audit-proof/v1", keys: [signer.verifierKey] });
      expect(proof!.checkpoint).toMatch(new RegExp(`^runflow-audit/v1\n${covered}\n`));
      const folder = await mkdtemp(path.join(tmpdir(), "runflow-proof-"));
      const file = path.join(folder, "proof.ndjson");
      await writeFile(file, [...entries, { proof }].map((line) => `${JSON.stringify(line)}\n`).join(""));
      expect(await verifyFile(file, { keys: [signer.verifierKey], copies: [] })).toMatchObject({
        holds: true,
        checked: { entries: expected.length, covered_position: covered },
      });
      await rm(folder, { recursive: true });
    },
  );

  test("entry without a checkpoint: no proof", async () => {
    expect((await getProof(trail[9]!.id)).json).toEqual({ entries: [trail[9]], proof: null });
  });

  test("unsealed entry: no proof", async () => {
    const { database, fixture } = api();
    await database.owner.query("DELETE FROM audit_unsealed");
    const { rows } = await database.owner.query<{ id: string }>(
      `INSERT INTO audit_entries SELECT (jsonb_populate_record(e, jsonb_build_object('id', uuidv7()))).*
       FROM audit_entries e WHERE org_id = $1 LIMIT 1 RETURNING id`,
      [fixture.orgId],
    );
    expect((await getProof(rows[0]!.id)).json).toMatchObject({ entries: [{ position: null }], proof: null });
  });

  test("entry out of reach: refused like the entry itself", async () => {
    const { database, otherScene } = api();
    const { id: ownerId } = await makePerson(database.owner);
    const near = await makeKey(database.owner, { ownerId, orgIds: [otherScene.orgId] });
    for (const [entryId, { headers, id: actorId }] of [
      ["01a2105b-b058-7603-bcd5-4e7603b8ed86", admin],
      ["x", admin],
      [trail[0]!.id, near],
    ] as const) {
      const path = `/v1/admin/audit-log/${entryId}/proof`;
      const expected = { status: 404, code: "AUDIT_ENTRY_NOT_FOUND", actorId };
      await expectRefusal(api(), { method: "GET", path, headers }, expected);
    }
    expect((await getProof(trail[1]!.id, near)).status).toBe(200);
  });
});
