import { describe, expect, test } from "vitest";
import { type Key, makeKey, makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();
const LIMIT = 64 * 1024;

async function prepare(): Promise<{ key: Key; path: string }> {
  const { database, fixture } = api();
  const key = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
  return { key, path: `/v1/admin/runs/${await makeRun(database.owner, fixture)}/cancellation` };
}

const padded = (bytes: number): string => '{"reason":"stuck"}'.padEnd(bytes);

describe("body size", () => {
  test.each([true, false])("up to 64 KiB: accepted (chunked: %s)", async (isChunked) => {
    const { key, path } = await prepare();
    const reply = await api().call("POST", path, { ...key, body: padded(LIMIT), isChunked });
    expect(reply).toMatchObject({ status: 201 });
  });

  test.each([
    [LIMIT + 1, true],
    [LIMIT + 1, false],
    [3_000_000, true],
    [3_000_000, false],
  ])("%i bytes: refused before any other check (chunked: %s)", async (bytes, isChunked) => {
    const { path } = await prepare();
    const tooLarge = { status: 413, code: "PAYLOAD_TOO_LARGE", error: null, actorId: null };
    await expectRefusal(api(), { path, body: padded(bytes), isChunked }, tooLarge);
  });
});

describe("body that isn't JSON: refused", () => {
  test.each<[string, string | Uint8Array]>([
    ["a brace", "{"],
    ["a trailing comma", '{"reason":"stuck",}'],
    ["single quotes", "{'reason':'stuck'}"],
    ["a comment", '{"reason":"stuck"} // now'],
    ["two values", "{}{}"],
    ["white space", "   "],
    ["a form", "reason=stuck"],
    ["a word", "undefined"],
    ["NaN", "NaN"],
    ["a raw line break in a string", '{"reason":"a\nb c"}'],
    ["a raw NUL", "\0"],
    ["half of a UTF-8 character", Buffer.from([0x22, 0xe2, 0x82, 0x22])],
    ["a surrogate in UTF-8", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ["UTF-16", Buffer.from('{"reason":"stuck"}', "utf16le")],
    ["Latin-1", Buffer.from('{"reason":"zurück"}', "latin1")],
    ["unclosed brackets", "[".repeat(60_000)],
    ["very deep brackets", "[".repeat(30_000) + "]".repeat(30_000)],
  ])("%s", async (_name, body) => {
    const { key, path } = await prepare();
    const malformed = { status: 400, code: "BAD_REQUEST", error: null, actorId: key.id };
    await expectRefusal(api(), { path, headers: key.headers, body }, malformed);
  });
});

describe("body with other fields than a reason: refused", () => {
  const reason = ["body", "reason"];
  test.each<[string, { type?: string; loc: (string | number)[] }]>([
    ['{"raeson":"a typo"}', { type: "extra_forbidden", loc: ["body", "raeson"] }],
    ['{"Reason":"a typo"}', { type: "extra_forbidden", loc: ["body", "Reason"] }],
    ['{"reason":"stuck","force":true}', { type: "extra_forbidden", loc: ["body", "force"] }],
    ['{"__proto__":{"reason":"stuck"}}', { type: "extra_forbidden", loc: ["body", "__proto__"] }],
    ['{"constructor":1}', { type: "extra_forbidden", loc: ["body", "constructor"] }],
    ['{"":1}', { type: "extra_forbidden", loc: ["body", ""] }],
    ['{"\\u0000":1}', { type: "extra_forbidden", loc: ["body", "\0"] }],
    ['{"\\ud800":1}', { type: "extra_forbidden", loc: ["body", "\ud800"] }],
    ['{"reason":4821}', { loc: reason }],
    ['{"reason":12345678901234567890}', { loc: reason }],
    ['{"reason":true}', { loc: reason }],
    ['{"reason":["stuck"]}', { loc: reason }],
    ['{"reason":{"text":"stuck"}}', { loc: reason }],
    ["[]", { loc: ["body"] }],
    ['[{"reason":"stuck"}]', { loc: ["body"] }],
    ['"stuck"', { loc: ["body"] }],
    ["true", { loc: ["body"] }],
    ["7", { loc: ["body"] }],
    ["12345678901234567890", { loc: ["body"] }],
    ["1.0", { loc: ["body"] }],
  ])("%s", async (body, error) => {
    const { key, path } = await prepare();
    const wrong = { status: 422, code: "VALIDATION_ERROR", error, actorId: key.id };
    await expectRefusal(api(), { path, headers: key.headers, body }, wrong);
  });

  test("reason in the URL: refused", async () => {
    const { key, path } = await prepare();
    const error = { type: "extra_forbidden", loc: ["query", "reason"] };
    for (const body of ["", "{}", '{"reason":"stuck"}']) {
      const wrong = { status: 422, code: "VALIDATION_ERROR", error, actorId: key.id };
      await expectRefusal(api(), { path: `${path}?reason=stuck`, headers: key.headers, body }, wrong);
    }
  });

  test("invalid fields: all are named", async () => {
    const { key, path } = await prepare();
    const body = '{"reason":"x","one":1,"two":2}';
    const wrong = { status: 422, code: "VALIDATION_ERROR", actorId: key.id };
    const { json } = await expectRefusal(api(), { path, headers: key.headers, body }, wrong);
    const { errors } = json as { errors: { loc: string[] }[] };
    expect(errors.map(({ loc }) => loc.at(-1)).sort()).toEqual(["one", "reason", "two"]);
  });
});

test("any Content-Type: the body is read", async () => {
  for (const type of ["application/json", "application/x-www-form-urlencoded", "text/plain", undefined]) {
    const { key, path } = await prepare();
    const headers = { ...key.headers, ...(type && { "Content-Type": type }) };
    expect(await api().call("POST", path, { headers, body: '{"reason":"stuck"}' })).toMatchObject({
      status: 201,
    });
  }
});

describe("body with an unsupported encoding", () => {
  test.each([
    [{ "Content-Encoding": "gzip" }, '{"reason":"stuck"}'],
    [{ "Content-Encoding": "br" }, Buffer.from([0x8b, 0x00, 0x80])],
    [{ "Content-Encoding": "identity, deflate" }, "{}"],
    [{ "Content-Type": "application/json; charset=utf-16" }, "{}"],
    [{ "Content-Type": 'application/json; charset="ISO-8859-1"' }, '{"reason":"stuck"}'],
  ])("%j: refused", async (headers, body) => {
    const { key, path } = await prepare();
    const refused = { status: 415, code: "UNSUPPORTED_MEDIA_TYPE", error: null, actorId: key.id };
    await expectRefusal(api(), { path, headers: { ...key.headers, ...headers }, body }, refused);
  });

  test.each([
    { "Content-Encoding": "identity" },
    { "Content-Type": "application/json; charset=UTF-8" },
    { "Content-Encoding": "" },
  ])("%j: accepted", async (headers) => {
    const { key, path } = await prepare();
    const request = { headers: { ...key.headers, ...headers }, body: '{"reason":"stuck"}' };
    expect(await api().call("POST", path, request)).toMatchObject({ status: 201 });
  });

  test("without a credential: the credential error answers, not the encoding", async () => {
    const { path } = await prepare();
    const refused = { status: 401, code: "UNAUTHORIZED", error: null, actorId: null };
    await expectRefusal(api(), { path, headers: { "Content-Encoding": "gzip" }, body: "{}" }, refused);
  });
});
