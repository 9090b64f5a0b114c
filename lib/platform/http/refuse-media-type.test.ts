import { describe, expect, test } from "vitest";
import { refuseMediaType } from "./refuse-media-type";

const check = (headers: Record<string, string>, mustBeJson: boolean) =>
  refuseMediaType(new Headers(headers), { mustBeJson });
const UNSUPPORTED = expect.objectContaining({ code: "UNSUPPORTED_MEDIA_TYPE" });

describe("accepted media types", () => {
  test.each([
    {},
    { "content-encoding": "identity" },
    { "content-encoding": "Identity , identity" },
    { "transfer-encoding": "chunked" },
    { "content-type": "application/json" },
    { "content-type": "application/json; charset=utf-8" },
    { "content-type": 'Application/JSON ; Charset = "UTF8"' },
    { "content-type": "text/plain" },
    { "content-type": "multipart/form-data; boundary=x" },
  ] as Record<string, string>[])("accepts %j", (headers) => {
    expect(() => check(headers, false)).not.toThrow();
  });
});

describe("refused media types", () => {
  test.each([
    { "content-encoding": "gzip" },
    { "content-encoding": "br" },
    { "content-encoding": "deflate" },
    { "content-encoding": "zstd" },
    { "content-encoding": "x-unknown" },
    { "content-encoding": "identity, gzip" },
    { "transfer-encoding": "gzip, chunked" },
    { "content-type": "application/json; charset=utf-16" },
    { "content-type": "application/json; charset=iso-8859-1" },
    { "content-type": 'text/plain; a=b; CHARSET="windows-1252"' },
    { "content-type": "application/json; charset=" },
    { "content-type": "application/json, text/plain; charset=latin1" },
  ] as Record<string, string>[])("refuses %j", (headers) => {
    for (const mustBeJson of [true, false]) expect(() => check(headers, mustBeJson)).toThrow(UNSUPPORTED);
  });
});

describe("operations that take only JSON", () => {
  test.each([
    "",
    "text/plain",
    "text/plain;charset=UTF-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonx",
    "text/plain; application/json",
    "application/json, text/plain",
  ])("refuses %j", (type) => expect(() => check({ "content-type": type }, true)).toThrow(UNSUPPORTED));

  test.each(["application/json", "application/json;charset=UTF-8"])("accepts %j", (type) => {
    expect(() => check({ "content-type": type }, true)).not.toThrow();
  });
});
