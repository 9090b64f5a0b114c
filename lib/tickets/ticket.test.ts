import { expect, test } from "vitest";
import { findTicket } from "./ticket";

test.each([
  ["customer ticket #4821 - duplicate submission", "#4821"],
  ["#1", "#1"],
  ["(#4821)", "#4821"],
  ["ZD-123: stuck", "ZD-123"],
  ["ZD-7: stuck", "ZD-7"],
  ["see ABUSE2-700, please", "ABUSE2-700"],
  ["https://desk.example/tickets/4821?tab=2#top.", "https://desk.example/tickets/4821?tab=2#top"],
  ["(see https://desk.example/t/1)", "https://desk.example/t/1"],
  ["<https://desk.example/t/4821|ZD-4821>", "https://desk.example/t/4821"],
  ["**https://desk.example/t/1**", "https://desk.example/t/1"],
  ["[https://desk.example/t/1]", "https://desk.example/t/1"],
  ["Https://desk.example/t/1", "Https://desk.example/t/1"],
  ["تذكرة #77", "#77"],
])("ticket in %j: %s", (reason, ticket) => expect(findTicket(reason)).toBe(ticket));

test.each([
  ["ticket ＃48219 dup", "＃48219"],
  ["＃４８２１９", "＃４８２１９"],
  ["#48219\u200b, twice", "#48219"],
  ["\u200b#48\u200b219 twice", "#48\u200b219"],
  ["ＺＤ－１２３ stuck", "ＺＤ－１２３"],
  ["see ZD–123: stuck", "ZD–123"],
  ["تذكرة #٤٨٢١٩", "#٤٨٢١٩"],
  ["ticket\u00a0no.\u30004821!", "4821"],
  ["重复提交 ｈｔｔｐｓ：／／desk.example／t／1。", "ｈｔｔｐｓ：／／desk.example／t／1"],
  ["Mu\u0308ller \u1112\u1161\u11ab: ＃48219", "＃48219"],
  ["㏒ 😀 ﬁle ＃777 x", "＃777"],
])("ticket in other characters: found, and kept as written, in %j", (reason, ticket) => {
  expect(findTicket(reason)).toBe(ticket);
});

test.each([
  // The word after "ticket" wins, in any form.
  ["UTF-8 error in prompt, customer ticket #4821", "#4821"],
  ["stuck on H100-80 node, ticket #4821", "#4821"],
  ["https://status.example/503 and #9999, see ticket ZD-1", "ZD-1"],
  ["run #2000 again; Ticket: #7", "#7"],
  ["run #2000, case https://desk.example/t/1.", "https://desk.example/t/1"],
  ["run #2000, ticket 4821", "4821"],
  ["TICKET NO. 4821, run #2000", "4821"],
  ["issues #12 and #4821", "#12"],
  ["in case 3 fail: #4821", "#4821"],
  ["ticket UTF-8, then #4821", "#4821"],
  ["ticket of 2026, then #4821", "#4821"],
  ["ticket 2026-04-01, then #4821", "#4821"],
  ["incident 2, case #99", "#99"],
  ["tickets4821 #5000", "#5000"],
  // Then a URL, a long number, a project key, a short number.
  ["#4821, https://desk.example/t/1", "https://desk.example/t/1"],
  ["ZD-123, also #482", "#482"],
  ["run #2 of ZD-123", "ZD-123"],
  ["first #1, then ZD-2", "ZD-2"],
  ["try #2 on H100-80", "#2"],
  ["SHA-256 of ISO-8601 in ZD-123", "ZD-123"],
  ["CASE-4821 again, #1", "CASE-4821"],
  // If equally likely, the first.
  ["#4821, #4822", "#4821"],
  ["ZD-1, ZD-2", "ZD-1"],
])("several candidates in %j: the ticket is %s", (reason, ticket) => expect(findTicket(reason)).toBe(ticket));

test.each([
  "stuck for an hour",
  "",
  "#",
  "# 4821",
  "color #ffcc00",
  "a&#39;b",
  "utf-8",
  "x#12",
  "A-1",
  "ftp://x/1",
  "#1234567890123",
  "UTF-8, SHA-256, ISO-8601, H100-80, A10-24, GPT-4, RTX-4090, HTTP-503",
  "just in case",
  "issue: 503 again",
])("no ticket in %j", (reason) => expect(findTicket(reason)).toBeNull());

test.each([
  "ticket ",
  "ticket: no. ",
  "https://",
  "#",
  "AB-",
  "A1",
  "＃ticket： ",
  "#12345678901234 ",
  "http://,.",
  "ticketticket",
])("long text of %j: takes linear time", (piece) => {
  // Quadratic time would take some 10^11 steps and time out.
  expect(() => findTicket(piece.repeat(300_000 / piece.length))).not.toThrow();
});

test.each([
  ["SUP_0042 and #4821", "SUP_0042"],
  ["ticket #4821", "#4821"],
  ["ＳＵＰ＿００４２", "ＳＵＰ＿００４２"],
  ["just because", null],
])("custom pattern %j: finds the ticket in %j", (reason, ticket) => {
  expect(findTicket(reason, "SUP_\\d+")).toBe(ticket);
});

test("pattern that matches nothing or everything: finds no ticket", () => {
  expect(findTicket("ticket #4821", "x*")).toBe("#4821");
  expect(findTicket("a".repeat(500), ".*")).toHaveLength(300);
});
