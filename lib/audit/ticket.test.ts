import { expect, test } from "vitest";
import { findTicket } from "./ticket";

test.each([
  ["customer ticket #4821 - duplicate submission", "#4821"],
  ["#1", "#1"],
  ["(#4821)", "#4821"],
  ["ZD-123: stuck", "ZD-123"],
  ["see ABUSE2-7, please", "ABUSE2-7"],
  ["https://desk.example/tickets/4821?tab=2#top.", "https://desk.example/tickets/4821?tab=2#top"],
  ["(see https://desk.example/t/1)", "https://desk.example/t/1"],
  ["first #1, then ZD-2", "#1"],
  ["تذكرة #77", "#77"],
])("%j names %s", (reason, ticket) => expect(findTicket(reason)).toBe(ticket));

test.each([
  "stuck for an hour",
  "",
  "#",
  "# 4821",
  "colour #ffcc00",
  "a&#39;b",
  "utf-8",
  "x#12",
  "A-1",
  "ftp://x/1",
  "#1234567890123",
])("%j names none", (reason) => expect(findTicket(reason)).toBeNull());
