import { expect, test } from "vitest";
import { spellTicket } from "./audit-filter";

test.each([
  ["4821", ["4821", "#4821"]],
  [" #4821 ", ["4821", "#4821"]],
  ["＃４８２１\u200b", ["4821", "#4821"]],
  ["ZD–123", ["zd-123"]],
  ["https://Desk.example/t/1", ["https://desk.example/t/1"]],
])("ticket %j: searched as %j", (ticket, spellings) => expect(spellTicket(ticket)).toEqual(spellings));
