import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { testSettings } from "@/test/server";
import { cookieName, pickCsrfCookie, readCookies } from "./cookies";

beforeEach(() => void Object.assign(process.env, testSettings("postgres://127.0.0.1/x", 1)));

const headers = (cookie: string) => new Headers({ cookie });

describe("read cookies: all values of a name, in the browser's order", () => {
  test.each([
    ["one", "runflow-console.session=a", ["a"]],
    ["a twin before", "runflow-console.session=x; runflow-console.session=a", ["x", "a"]],
    ["a twin after", "runflow-console.session=a;runflow-console.session=x", ["a", "x"]],
    ["an empty duplicate", "runflow-console.session=; runflow-console.session=a", ["a"]],
    ["the same twice", "runflow-console.session=a; runflow-console.session=a", ["a"]],
    ["others'", "next-auth.session-token=x; runflow-console.session.0=y; Runflow-Console.Session=z", []],
    ["an escape", "runflow-console.session=a%7Cb=", ["a|b="]],
    ["a broken escape", "runflow-console.session=%zz", ["%zz"]],
    ["none", "", []],
    ["no pair", "runflow-console.session; =a", []],
  ])("%s", (_what, cookie, values) => {
    expect(readCookies(headers(cookie), "session")).toEqual(values);
  });

  test("reads at most twenty", () => {
    const cookie = Array.from({ length: 100 }, (_, n) => `${cookieName("session")}=${n}`).join("; ");
    expect(readCookies(headers(cookie), "session")).toHaveLength(20);
  });
});

describe("CSRF cookie", () => {
  const secret = "nextauth-secret-for-tests-0123456789";
  const seal = (token: string) =>
    `${token}|${createHash("sha256")
      .update(token + secret)
      .digest("hex")}`;
  const pick = (values: string[], given?: string) =>
    pickCsrfCookie(headers(values.map((value) => `runflow-console.csrf=${value}`).join("; ")), given)?.cookie;

  test("picks the form's token, at any position", () => {
    const [a, b] = [seal("a"), seal("b")];
    expect(pick([a, b], "b")).toBe(b);
    expect(pick([b, a], "b")).toBe(b);
    expect(pick(["x", "b|x", b], "b")).toBe(b);
  });

  test("picks our first one if the form's token matches none", () => {
    expect(pick(["x|y", seal("a"), seal("b")])).toBe(seal("a"));
    expect(pick([seal("a")], "b")).toBe(seal("a"));
    expect(pick(["x|y", "x"], "x")).toBeUndefined();
  });
});
