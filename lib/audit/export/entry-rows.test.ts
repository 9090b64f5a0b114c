import { describe, expect, test } from "vitest";
import type { AuditEntry } from "@/lib/contract/audit";
import { parseCsv } from "@/test/parse-csv";
import { CSV_HEAD, toCsvRows } from "./entry-rows";

const ID = "01a2105b-b058-7603-bcd5-4e7603b8ed86";
const entry = (reason: string): AuditEntry => ({
  id: ID,
  position: 1,
  org_id: ID,
  action: "webhook.tested",
  occurred_at: "2026-11-25T12:00:00.000+00:00",
  actor: { type: "user", id: ID, name: reason, email: null, role: null, key_prefix: null },
  target: { type: "webhook", id: ID, label: "x" },
  context: { source: "api", ip: null, user_agent: reason, request_id: "req_1" },
  meta: { reason, ticket: null, changes: [reason] },
  chain: null,
});
function read(reason: string): Record<string, string | undefined> {
  const [head, row] = parseCsv(CSV_HEAD + toCsvRows([entry(reason)]));
  return Object.fromEntries(head!.map((name, index) => [name, row![index]]));
}

describe("CSV cell: never a formula", () => {
  const SIGNS = ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"];

  test.each(SIGNS)("in a cell that starts with %j", (sign) => {
    const text = `${sign}1+1`;
    expect(read(text)).toMatchObject({ reason: `'${text}`, actor_name: `'${text}`, user_agent: `'${text}` });
  });

  test.each(SIGNS)("for any cell separator, in text with %j", (sign) => {
    for (const separator of [";", "\t", "\r", "\n", "\r\n", '";', "a;b;"]) {
      const file = toCsvRows([entry(`see${separator}${sign}1+1`)]);
      for (const cell of file.split(/[;\t\r\n]/)) expect(cell).not.toMatch(/^"*[=+\-@＝＋－＠]/);
    }
  });

  test("other text: unchanged", () => {
    for (const text of [
      "5 - 3 = 2; done",
      "a=b",
      "x@y.example; z@y.example",
      "+".padStart(2),
      "say “=1”\n• next",
    ]) {
      expect(read(text)).toMatchObject({ reason: text, meta: JSON.stringify({ changes: [text] }) });
    }
  });
});
