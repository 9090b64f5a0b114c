import { expect, test } from "vitest";
import { spellTicket } from "./audit-filter";

test.each([
  ["4821", ["4821", "#4821"]],
  [" #4821 ", ["#4821", "4821"]],
  ["zd-123", ["zd-123", "ZD-123"]],
  ["https://desk.example/t/1", ["https://desk.example/t/1", "HTTPS://DESK.EXAMPLE/T/1"]],
])("%j is looked for as %j", (ticket, spellings) => expect(spellTicket(ticket)).toEqual(spellings));
