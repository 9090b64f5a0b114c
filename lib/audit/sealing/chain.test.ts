import { hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { checkEntries } from "@/lib/audit/proof/check-entries";
import { readFileEntry } from "@/lib/audit/verify/file-entry";
import { AuditEntry } from "@/lib/contract/audit";
import { hashedText, withoutHash } from "./chain";

const ID = "01a2105b-b058-7603-bcd5-4e7603b8ed86";

/** An entry sealed before entries recorded a service key's owner. */
const BEFORE: AuditEntry = {
  id: ID,
  position: 7,
  org_id: ID,
  action: "run.cancelled",
  occurred_at: "2026-11-25T12:00:00.000+00:00",
  actor: {
    type: "service_key",
    id: ID,
    name: "Support automation",
    email: "beatriz.almeida@runflow-support.example",
    role: null,
    key_prefix: "rf_svc_4kQz1",
  },
  target: { type: "run", id: ID, label: "runflow/smart-resize" },
  context: { source: "api", ip: "198.51.100.24", user_agent: "curl/8", request_id: "req_1" },
  meta: {
    reason: "customer ticket #4821",
    ticket: "#4821",
    status_before: "running",
    status_after: "canceled",
  },
  chain: {
    sequence: 3,
    previous_hash: "ab".repeat(32),
    hash: "0dda455863c1d7e92e7b0ce9a548efed5a9436c5936222a96901b730a6efe63d",
  },
};
const OWNER = { id: ID, name: "Beatriz Almeida", role: "admin" };
const AFTER: AuditEntry = {
  ...BEFORE,
  actor: { ...BEFORE.actor, owner: OWNER },
  chain: { ...BEFORE.chain!, hash: "220ab0354b5529695ac6ecc36aeba27a0f9d07721b10f64f88c57c45d6cf27d1" },
};

describe.each([
  ["without its owner, from earlier versions", BEFORE],
  ["with its owner", AFTER],
])("service key's entry, %s: keeps its hash", (_what, entry) => {
  test("as the API shows it, in a browser and in a file", async () => {
    const shown = AuditEntry.parse(JSON.parse(JSON.stringify(entry)));
    expect(shown).toEqual(entry);
    expect(hash("sha256", hashedText(withoutHash(shown)!))).toBe(entry.chain!.hash);
    expect((await checkEntries([shown])).edited).toEqual([]);
    const line = readFileEntry(JSON.stringify(shown), shown);
    expect(line).toMatchObject({ text: hashedText(withoutHash(entry)!) });
  });
});

test.each([
  ["an added owner", { ...BEFORE, actor: AFTER.actor }],
  ["a removed owner", { ...AFTER, actor: BEFORE.actor }],
  ["another role", { ...AFTER, actor: { ...AFTER.actor, owner: { ...OWNER, role: "support" } } }],
])("%s: detected as an edit", async (_what, entry) => {
  expect((await checkEntries([entry])).edited).toEqual([entry]);
});
