import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { Refusal } from "@/lib/platform/errors";
import { type Cursor, openCursor, sealCursor } from "./cursor";

const secret = vi.hoisted(() => ({ CURSOR_SECRET: "the secret of this test, long enough" }));
vi.mock("@/lib/platform/env/env", () => ({ env: () => secret }));

const CURSOR: Cursor = { way: "next", place: ["2026-11-25 01:39:00.497+00", null], isInclusive: false };

const expectRefused = (text: string, scope: string) =>
  expect(() => openCursor(text, scope)).toThrow(
    expect.toSatisfy(
      (error) => error instanceof Refusal && error.options.errors?.[0]?.loc.join() === "query,pq",
    ),
  );

describe("cursor", () => {
  test("round-trips, in URL-safe characters", () => {
    const sealed = sealCursor(CURSOR, "runs");
    expect(sealed).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(openCursor(sealed, "runs")).toEqual(CURSOR);
  });

  test("valid only for its list, filter and order", () => {
    expectRefused(sealCursor(CURSOR, '["runs","a"]'), '["runs","b"]');
  });

  test("any changed character: refused", () => {
    const sealed = sealCursor(CURSOR, "runs");
    for (let index = 0; index < sealed.length; index++) {
      const other = sealed[index] === "A" ? "B" : "A";
      expectRefused(sealed.slice(0, index) + other + sealed.slice(index + 1), "runs");
    }
    for (const text of [
      `${sealed}A`,
      `${sealed}=`,
      ` ${sealed}`,
      sealed.slice(0, -1),
      sealed.slice(0, 40),
      "",
    ]) {
      expectRefused(text, "runs");
    }
  });

  test("not sealed by us: refused", () => {
    fc.assert(fc.property(fc.string(), (text) => void expectRefused(text, "runs")));
    const forged = Buffer.concat([Buffer.alloc(32), Buffer.from(JSON.stringify(CURSOR))]);
    expectRefused(forged.toString("base64url"), "runs");
  });

  test("sealed with another secret: refused, except while that one is rotated out", () => {
    const sealed = sealCursor(CURSOR, "runs");
    const before = secret.CURSOR_SECRET;
    secret.CURSOR_SECRET = "another secret; which is as long as it";
    expectRefused(sealed, "runs");
    secret.CURSOR_SECRET += `,${before}`;
    expect(openCursor(sealed, "runs")).toEqual(CURSOR);
    const newer = sealCursor(CURSOR, "runs");
    secret.CURSOR_SECRET = before;
    expectRefused(newer, "runs");
  });
});
