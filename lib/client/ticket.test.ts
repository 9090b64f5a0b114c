import { expect, test } from "vitest";
import { ticketUrl } from "./ticket";

const TEMPLATE = "https://desk.example/tickets/{ticket}";

test.each([
  ["#4821", TEMPLATE, "https://desk.example/tickets/4821"],
  ["＃４８２１", TEMPLATE, "https://desk.example/tickets/4821"],
  ["#48\u200b21", TEMPLATE, "https://desk.example/tickets/4821"],
  ["ZD-123", TEMPLATE, "https://desk.example/tickets/ZD-123"],
  ["a b/../c", TEMPLATE, "https://desk.example/tickets/a%20b%2F..%2Fc"],
  ["https://other.example/1", TEMPLATE, "https://other.example/1"],
  ["https://other.example/1", "", "https://other.example/1"],
  ["http://[", TEMPLATE, undefined],
  ["#4821", "", undefined],
])("ticket URL: %j with template %j is %j", (ticket, template, url) => {
  expect(ticketUrl(ticket, template)).toBe(url);
});
