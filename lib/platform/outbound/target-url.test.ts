import { describe, expect, it } from "vitest";
import { checkTargetUrl, isPublicAddress } from "./target-url";

const check =
  (text: string, allowPrivate = false) =>
  () =>
    checkTargetUrl(text, "callback_url", { allowPrivate, ports: [443] });
const refused = expect.objectContaining({ code: "VALIDATION_ERROR" });

describe("accepted callback_url", () => {
  it.each([
    "https://hooks.example.com/runflow",
    "https://hooks.example.com:443/a?b=c#d",
    "HTTPS://Hooks.Example.com/",
    "https://8.8.8.8/hook",
    "https://[2606:4700:4700::1111]/",
    "https://müller.example/pfad",
    "https://internal.example.com/",
    "https://example.com./",
    "https://example.com/a@b",
  ])("%s", (text) => expect(check(text)).not.toThrow());
});

describe("refused callback_url", () => {
  it.each([
    ["not a URL", "hooks.example.com"],
    ["relative", "/hook"],
    ["no host", "https:///hook"],
    ["a host behind a third slash", "https:///hooks.example.com/"],
    ["a host behind four slashes", "https:////hooks.example.com/"],
    ["a query instead of a host", "https://?.example.com"],
    ["an impossible host name", `https://${"a".repeat(250)}.com/`],
    ["an endless host", `https://${"\u00ad".repeat(300)}example.com/`],
    ["slashes that a parser would fix", "https:/example.com"],
    ["not https", "http://hooks.example.com/"],
    ["another scheme", "ftp://hooks.example.com/"],
    ["a scheme that runs", "javascript:alert(1)//https://example.com"],
    ["a user name", "https://user@hooks.example.com/"],
    ["an empty user name", "https://@hooks.example.com/"],
    ["a password", "https://:pass@hooks.example.com/"],
    ["a backslash", "https://example.com\\@127.0.0.1/"],
    ["a space", "https://example.com/a b"],
    ["a line break", "https://exam\nple.com/"],
    ["a NUL", "https://example.com/\0"],
    ["half a surrogate pair", "https://example.com/\ud800"],
    ["an invalid port", "https://example.com:99999/"],
    ["another port", "https://hooks.example.com:8443/"],
    ["another port of a public address", "https://8.8.8.8:22/"],
    ["localhost", "https://localhost/"],
    ["localhost with a dot", "https://LOCALHOST./"],
    ["a name under localhost", "https://a.localhost/"],
    ["a single label", "https://intranet/"],
    ["a name of the local network", "https://printer.local/"],
    ["a metadata name", "https://metadata.google.internal/"],
    ["loopback", "https://127.0.0.1/"],
    ["loopback elsewhere in its block", "https://127.9.9.9/"],
    ["one number", "https://2130706433/"],
    ["hexadecimal", "https://0x7f000001/"],
    ["octal", "https://0177.0.0.1/"],
    ["a short form", "https://127.1/"],
    ["full-width digits", "https://１２７.0.0.1/"],
    ["encoded digits", "https://%31%32%37.0.0.1/"],
    ["a public address as one number", "https://134744072/"],
    ["a public address in octal", "https://010.8.8.8/"],
    ["private 10/8", "https://10.1.2.3/"],
    ["private 172.16/12", "https://172.31.255.255/"],
    ["private 192.168/16", "https://192.168.0.1/"],
    ["carrier-grade NAT", "https://100.64.0.1/"],
    ["link-local, where metadata services live", "https://169.254.169.254/latest/meta-data"],
    ["Azure's host", "https://168.63.129.16/"],
    ["unspecified", "https://0.0.0.0/"],
    ["multicast", "https://224.0.0.1/"],
    ["broadcast", "https://255.255.255.255/"],
    ["for documentation", "https://192.0.2.1/"],
    ["IPv6 loopback", "https://[::1]/"],
    ["IPv6 unspecified", "https://[::]/"],
    ["IPv6 private", "https://[fd00:ec2::254]/"],
    ["IPv6 link-local", "https://[fe80::1]/"],
    ["IPv4 within IPv6", "https://[::ffff:10.0.0.1]/"],
    ["IPv4 within IPv6, compatible form", "https://[::7f00:1]/"],
    ["IPv4 behind NAT64", "https://[64:ff9b::a00:1]/"],
    ["6to4", "https://[2002:7f00:1::]/"],
  ])("%s", (_, text) => expect(check(text)).toThrow(refused));
});

describe("with private targets allowed", () => {
  it.each(["http://127.0.0.1:9000/hook", "http://localhost/", "https://10.0.0.1/"])("accepts %s", (text) =>
    expect(check(text, true)).not.toThrow(),
  );
  it.each(["ftp://localhost/", "http://user:pass@localhost/", "http://local host/", "nonsense"])(
    "still refuses %s",
    (text) => expect(check(text, true)).toThrow(refused),
  );
});

it("is public address: tells public from private", () => {
  expect(["1.1.1.1", "2606:4700::1", "10.0.0.1", "::1", "example.com"].map(isPublicAddress)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
