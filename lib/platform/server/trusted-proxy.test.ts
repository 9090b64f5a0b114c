import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, test } from "vitest";
import { PROXY_ADDRESS_HEADER } from "@/lib/platform/http/internal-headers";
import { setClientIp } from "./trusted-proxy";

function setIn(headers: IncomingHttpHeaders, trustedProxies: number, socketAddress = "10.0.0.9") {
  setClientIp(headers, socketAddress, trustedProxies);
  return headers;
}

const believed = (claimed: string | undefined, trustedProxies: number, socketAddress?: string) =>
  setIn(claimed === undefined ? {} : { "x-forwarded-for": claimed }, trustedProxies, socketAddress)[
    "x-forwarded-for"
  ];

test("no proxies: the socket's address counts, despite the client's claims", () => {
  expect(believed(undefined, 0)).toBe("10.0.0.9");
  expect(believed("1.2.3.4", 0)).toBe("10.0.0.9");
  expect(believed(undefined, 0, "::ffff:127.0.0.1")).toBe("127.0.0.1");
  expect(believed(undefined, 0, "::1")).toBe("::1");
});

test("each trusted proxy: trusted for one hop only", () => {
  expect(believed("6.6.6.6, 1.2.3.4", 1)).toBe("1.2.3.4");
  expect(believed("6.6.6.6, 1.2.3.4, 10.0.0.8", 2)).toBe("1.2.3.4");
});

test("fewer proxies than configured: the first hop counts", () => {
  expect(believed(undefined, 2)).toBe("10.0.0.9");
  expect(believed("1.2.3.4", 3)).toBe("1.2.3.4");
});

test("no proxies: removes every other forwarding header", () => {
  const headers: IncomingHttpHeaders = {
    "x-forwarded-host": "evil.example",
    "x-real-ip": "1.1.1.1",
    forwarded: "for=1.1.1.1",
    [PROXY_ADDRESS_HEADER]: "true",
  };
  expect(setIn(headers, 0)).toEqual({ "x-forwarded-for": "10.0.0.9" });
});

describe("addresses in the forms that proxies write", () => {
  test.each([
    ["plain", "203.0.113.9", "203.0.113.9"],
    ["Azure, IIS: with a port", "203.0.113.9:50000", "203.0.113.9"],
    ["IPv6 with a port", "[2001:db8::1]:443", "2001:db8::1"],
    ["IPv6 in brackets", "[2001:db8::1]", "2001:db8::1"],
    ["quoted", '"203.0.113.9"', "203.0.113.9"],
    ["quoted with a port", '"203.0.113.9:50000"', "203.0.113.9"],
    ["quoted in brackets", '"[2001:db8::1]"', "2001:db8::1"],
    ["quoted in brackets with a port", '"[2001:DB8:0::1]:4711"', "2001:db8::1"],
    ["upper case, with zeros", "2001:0DB8:0000:0000:0000:0000:0000:0001", "2001:db8::1"],
    ["with a zone", "fe80::1%eth0", "fe80::1"],
    ["with a zone and a port without brackets", "fe80::1%eth0:443", "fe80::1"],
    ["in brackets with an escaped zone", "[fe80::1%25eth0]:80", "fe80::1"],
    ["IPv4-mapped IPv6", "::ffff:203.0.113.9", "203.0.113.9"],
    ["IPv4-mapped IPv6, in hex, with a port", "[::ffff:cb00:7109]:9", "203.0.113.9"],
    ["among white space", " \t203.0.113.9 ", "203.0.113.9"],
    ["after a quote that the client left open", '"6.6.6.6, 203.0.113.9', "203.0.113.9"],
  ])("%s", (_how, claimed, address) => {
    const headers = setIn({ "x-forwarded-for": claimed }, 1);
    expect(headers).toEqual({ "x-forwarded-for": address });
  });

  test.each([
    ["HAProxy", "for=203.0.113.9;proto=https", "203.0.113.9"],
    ["HAProxy with a port", 'proto=https;for="203.0.113.9:50000"', "203.0.113.9"],
    ["RFC 7239", 'For="[2001:db8:cafe::17]:4711"', "2001:db8:cafe::17"],
    ["of several proxies", "for=6.6.6.6, for=203.0.113.9;by=10.0.0.1", "203.0.113.9"],
    ["after a quote that the client left open", 'for="6.6.6.6, for=203.0.113.9', "203.0.113.9"],
  ])("only Forwarded, %s", (_how, forwarded, address) => {
    expect(setIn({ forwarded }, 1)["x-forwarded-for"]).toBe(address);
  });

  test("both sent: X-Forwarded-For decides", () => {
    const headers = setIn({ "x-forwarded-for": "203.0.113.9", forwarded: "for=6.6.6.6" }, 1);
    expect(headers["x-forwarded-for"]).toBe("203.0.113.9");
  });
});

describe("no readable address: the nearest known hop counts, and is marked", () => {
  test.each([
    "unknown",
    "_hidden",
    "<script>",
    "203.0.113.9.example",
    "203.0.113.256",
    "010.1",
    "1",
    "0x7f.0.0.1",
    "[203.0.113.9]",
    "203.0.113.9:port",
    "2001:db8::1::",
    '"',
    "for=203.0.113.9",
  ])("%s", (claimed) => {
    const marked = { "x-forwarded-for": "10.0.0.9", [PROXY_ADDRESS_HEADER]: "true" };
    expect(setIn({ "x-forwarded-for": claimed }, 1)).toEqual(marked);
    expect(setIn({ "x-forwarded-for": `${claimed}, 10.0.0.8:1` }, 2)["x-forwarded-for"]).toBe("10.0.0.8");
  });

  test.each([undefined, "", " , "])("no address: %j", (claimed) => {
    const headers = claimed === undefined ? {} : { "x-forwarded-for": claimed };
    const marked = { "x-forwarded-for": "10.0.0.9", [PROXY_ADDRESS_HEADER]: "true" };
    expect(setIn(headers, 1)).toEqual(marked);
  });

  test("the mark can't be forged", () => {
    const headers = { "x-forwarded-for": "203.0.113.9", [PROXY_ADDRESS_HEADER]: "true" };
    expect(setIn(headers, 1)).toEqual({ "x-forwarded-for": "203.0.113.9" });
  });
});
