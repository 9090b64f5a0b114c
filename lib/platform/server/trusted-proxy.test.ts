import type { IncomingHttpHeaders } from "node:http";
import { expect, test } from "vitest";
import { setClientIp } from "./trusted-proxy";

function believed(
  claimed: string | undefined,
  trustedProxies: number,
  socketAddress = "10.0.0.9",
): string | undefined {
  const headers: IncomingHttpHeaders = claimed === undefined ? {} : { "x-forwarded-for": claimed };
  setClientIp(headers, socketAddress, trustedProxies);
  return headers["x-forwarded-for"] as string | undefined;
}

test("without proxies the socket's address is believed, whatever the caller claims", () => {
  expect(believed(undefined, 0)).toBe("10.0.0.9");
  expect(believed("1.2.3.4", 0)).toBe("10.0.0.9");
  expect(believed(undefined, 0, "::ffff:127.0.0.1")).toBe("127.0.0.1");
  expect(believed(undefined, 0, "::1")).toBe("::1");
});

test("each trusted proxy is believed for one hop, and no further", () => {
  expect(believed("6.6.6.6, 1.2.3.4", 1)).toBe("1.2.3.4");
  expect(believed("6.6.6.6, 1.2.3.4, 10.0.0.8", 2)).toBe("1.2.3.4");
});

test("a request that came past fewer proxies than expected counts from its first hop", () => {
  expect(believed(undefined, 2)).toBe("10.0.0.9");
  expect(believed("1.2.3.4", 3)).toBe("1.2.3.4");
});

test("without proxies no other forwarding header gets through", () => {
  const headers: IncomingHttpHeaders = {
    "x-forwarded-host": "evil.example",
    "x-real-ip": "1.1.1.1",
    forwarded: "for=1.1.1.1",
  };
  setClientIp(headers, "10.0.0.9", 0);
  expect(headers).toEqual({ "x-forwarded-for": "10.0.0.9" });
});
