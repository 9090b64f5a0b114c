import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { testSettings } from "@/test/server";
import { openTicket, sealTicket } from "./ticket";

const Claims = z.object({ personId: z.string() });
const open = (text: string | undefined, purpose = "test") => openTicket(purpose, Claims, text)?.claims;

beforeAll(() => void Object.assign(process.env, testSettings("postgres://127.0.0.1/none", 3000)));

test("ticket: brings its claims back, for its purpose only", () => {
  const ticket = sealTicket("test", { personId: "ada" });
  expect(open(ticket)).toEqual({ personId: "ada" });
  expect(open(ticket, "another purpose")).toBeUndefined();
});

test("expired ticket: refused; one that lasts a minute: accepted", () => {
  expect(open(sealTicket("test", { personId: "ada" }, 0))).toBeUndefined();
  expect(open(sealTicket("test", { personId: "ada" }, 1))).toBeDefined();
});

test.each([undefined, "", "x", "AAAA".repeat(20), "ü".repeat(50)])("%s: refused", (text) => {
  expect(open(text)).toBeUndefined();
});

test("changed ticket: refused", () => {
  const bytes = Buffer.from(sealTicket("test", { personId: "ada" }), "base64url");
  for (const at of [0, 15, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    expect(open(changed.toString("base64url"))).toBeUndefined();
  }
});
