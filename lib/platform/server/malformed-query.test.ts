import { expect, test } from "vitest";
import { findMalformedParameter } from "./malformed-query";

test.each([
  ["/v1/runs?a=%ED%A0%80", "a"],
  ["/v1/runs?b=1&a=x%ff", "a"],
  ["/v1/runs?a=%C0%80&b=%80", "a"],
  ["/v1/runs?a=%E2%82", "a"],
  ["/v1/runs?%61=%80", "a"],
  ["/v1/runs?%80", "\ufffd"],
])("%s: parameter %s is not UTF-8", (url, name) => expect(findMalformedParameter(url)).toBe(name));

test.each(["/v1/runs", "/v1/runs?", "/v1/%ff?a=1", "/v1/runs?a=100%&b=%zz", "/v1/runs?a=%F0%9F%98%80#%ff"])(
  "%s: every parameter is UTF-8",
  (url) => expect(findMalformedParameter(url)).toBeUndefined(),
);
