import { expect, test } from "vitest";
import { isApiPath, toRoutableTarget } from "./request-target";

test("isApiPath: /v1 and below, not a longer name", () => {
  expect(["/v1", "/v1/", "/v1/runs", "/v1?x"].map(isApiPath)).toEqual([true, true, true, true]);
  expect(["/", "/v10", "/v1x/runs", "/runs/v1/"].map(isApiPath)).toEqual([false, false, false, false]);
});

test("ordinary request: unchanged", () => {
  const url = "/v1/runs?q=status_code%3Arunning&x=%F0%9F%98%80";
  expect(toRoutableTarget("GET", url)).toEqual({ method: "GET", url });
});

test("unroutable method: replaced by one that routes don't have", () => {
  expect(toRoutableTarget("PROPFIND", "/v1/runs")?.method).toBe("OPTIONS");
  expect(toRoutableTarget("PROPFIND", "/runs")?.method).toBe("PROPFIND");
});

test.each([
  ["/v1/runs/%zz", "/v1/runs/%25zz"],
  ["/v1/runs/%", "/v1/runs/%25"],
  ["/v1/runs/%ff%41", "/v1/runs/%25ff%2541"],
  ["/v1/runs/a%2Fb%20c", "/v1/runs/a%2Fb%20c"],
])("malformed escape in %s: taken literally", (url, routable) => {
  expect(toRoutableTarget("GET", url)).toEqual({ method: "GET", url: routable });
});

test("path that no route can have: detected before a redirect could answer it", () => {
  for (const url of [
    "/v1",
    "/v1/",
    "/v1?x=1",
    "/v1/runs/",
    "/v1//runs",
    "/v1/runs//?x=1",
    "/v1/a\\b",
    "/v1/../runs",
    "/v1/.",
  ]) {
    expect(toRoutableTarget("GET", url)).toBeUndefined();
  }
});

test("absolute-form request: the same path", () => {
  expect(toRoutableTarget("GET", "http://console.example/v1/health?x")?.url).toBe("/v1/health?x");
  expect(toRoutableTarget("GET", "http://console.example")?.url).toBe("/");
});

test("query: unchanged", () => {
  const url = "/v1/runs?q=%ED%A0%80&x=%zz&y=100%";
  expect(toRoutableTarget("GET", url)).toEqual({ method: "GET", url });
  expect(toRoutableTarget("GET", "/v1/runs/%zz?x=%zz")?.url).toBe("/v1/runs/%25zz?x=%zz");
});
