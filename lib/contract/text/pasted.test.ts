import { expect, test } from "vitest";
import { containsId, findEmails, findIds, findRequestIds, readId, readings, shorten } from "./pasted";
import { PASTED_MAX } from "./pasted-max";
import { decodeEscapes } from "./utf8-escapes";

const ID = "0196f1a0-c0de-7000-8000-00000000abcd";
const HEX = ID.replaceAll("-", "");
const REQUEST = "req_0123456789abcdef0123456789abcdef";
const link = (id: string) => `https://console.example/runs/${id}?tab=audit`;

test.each([
  ["plain", ID],
  ["upper case", ID.toUpperCase()],
  ["in braces", `{${ID}}`],
  ["as a urn", `urn:uuid:${ID}`],
  ["with a prefix", `run-${ID}`],
  ["in a link", link(ID)],
  ["in a sentence", `Please cancel ${ID}, it hangs.`],
  [
    "in a mail gateway's link",
    `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(link(ID))}&data=05%7C02`,
  ],
  [
    "in a link wrapped twice",
    `https://a.example/?u=${encodeURIComponent(`https://b.example/?u=${encodeURIComponent(link(ID))}`)}`,
  ],
  ["after an encoded slash", `console.example%2Fruns%2F${ID}`],
  ["after an encoded slash in lower case", `console.example%2fruns%2f${ID}`],
  ["after a slash encoded twice", `console.example%252Fruns%252F${ID}`],
  ["after an encoded sign", `run_id%3D${ID}&x=%ZZ`],
  ["next to malformed escapes", `100%%2F${ID}%2`],
  ["next to bytes that aren't UTF-8", `x%FF%2F${ID}%FF`],
  ["encoded hyphens", ID.replaceAll("-", "%2D")],
  ["without hyphens", HEX],
  ["without hyphens in a sentence", `run ${HEX.toUpperCase()}: stuck`],
  ["hyphens U+2010", ID.replaceAll("-", "\u2010")],
  ["with non-breaking hyphens", ID.replaceAll("-", "\u2011")],
  ["en dashes", ID.replaceAll("-", "–")],
  ["em dashes", ID.replaceAll("-", "—")],
  ["minus signs", ID.replaceAll("-", "\u2212")],
  ["wide hyphens", ID.replaceAll("-", "－")],
  ["wide digits", ID.replaceAll(/[0-9a-f]/g, (c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0))],
  ["with a zero width space at its end", `${ID}\u200b`],
  ["with a zero width space inside", `${ID.slice(0, 20)}\u200b${ID.slice(20)}`],
  ["with soft hyphens inside", `${ID.slice(0, 9)}\u00ad${ID.slice(9)}`],
  ["with bidi controls around it", `\u202a${ID}\u202c`],
  ["with a line break inside", `${ID.slice(0, 14)}\n${ID.slice(14)}`],
  ["with a CRLF inside", `see ${ID.slice(0, 20)}\r\n${ID.slice(20)} please`],
  ["with a quoted line break inside", `> run ${ID.slice(0, 14)}\n> ${ID.slice(14)}\n> is stuck`],
  ["with a line break quoted twice", `>> ${ID.slice(0, 24)}\n>> ${ID.slice(24)}`],
  ["with a quoted-printable line break inside", `run ${ID.slice(0, 20)}=\r\n${ID.slice(20)}.`],
  ["after a quoted-printable sign", `run_id=3D${ID}`],
  ["with a quoted line break that a single-line box dropped", `> run ${ID.slice(0, 14)}> ${ID.slice(14)}`],
  [
    "with a quoted-printable line break that a single-line box dropped",
    `run ${ID.slice(0, 20)}=${ID.slice(20)}.`,
  ],
  ["in quotation marks", `„${ID}“`],
  ["in angle brackets", `<${ID}>`],
])("id: found %s", (_what, text) => {
  expect(findIds(readings(text))).toEqual([ID]);
  expect(containsId(text)).toBe(true);
});

test.each([
  ["alone", REQUEST],
  ["upper case", REQUEST.toUpperCase()],
  ["after an encoded slash", `x%2F${REQUEST}`],
  ["with a zero width space inside", `${REQUEST.slice(0, 12)}\u200b${REQUEST.slice(12)}`],
  ["with a quoted line break inside", `> ${REQUEST.slice(0, 14)}\n> ${REQUEST.slice(14)}`],
  ["in a sentence", `Runflow-Request-Id: ${REQUEST}.`],
])("request id: found %s", (_what, text) => {
  expect(findRequestIds(readings(text))).toEqual([REQUEST]);
  expect(findIds(readings(text))).toEqual([]);
});

test.each([
  "order-10034",
  `a${ID}`,
  `${ID}0`,
  `${HEX}ff`,
  `x_${HEX}`,
  "0196f1a0-c0de-7000-8000",
  "%",
  "%2",
  "%%%",
])("no id in %j", (text) => expect(containsId(text)).toBe(false));

test.each([
  ID,
  ` ${ID.toUpperCase()}\n`,
  `{${ID}}`,
  `urn:uuid:${ID}`,
  `run-${ID}`,
  `<${ID}>\u200b`,
  ID.replaceAll("-", "–"),
])("read id: accepts %j", (text) => expect(readId(text)).toBe(ID));

// Thirty-two bare digits may also be a request id or a client ref; the server decides.
test.each([`run ${ID} hangs`, link(ID), HEX, "", "run-"])("read id: not exactly an id: %j", (text) => {
  expect(readId(text)).toBeUndefined();
});

test("several ids: finds each once, hyphenated ones first", () => {
  const other = ID.replace("abcd", "dcba");
  expect(findIds(readings(`${HEX} ${other} ${ID} ${link(other)}`))).toEqual([other, ID]);
});

test("shorten: keeps a text within the limit", () => {
  expect(shorten(`  status_code:running \n`)).toBe("status_code:running");
  expect(shorten("x".repeat(PASTED_MAX))).toHaveLength(PASTED_MAX);
});

test("shorten: keeps only the ids of a longer text, if any", () => {
  const log = "2026-04-01 10:30 GET /v1/runs 200 ok\n".repeat(60_000);
  expect(shorten(`${log} ${ID} ${log} ${REQUEST}`)).toBe(`${ID} ${REQUEST}`);
  expect(shorten(log)).toBeUndefined();
  const many = Array.from({ length: 900 }, (_, at) => ID.replace("abcd", String(1000 + at))).join("\n");
  expect(shorten(many)!.length).toBeLessThanOrEqual(PASTED_MAX);
});

test("shorten: keeps only the prefix of a whole key", () => {
  expect(shorten("key rf_live_abcdEFGH1234567890: slow")).toBe("key rf_live_abcd: slow");
});

test.each([
  ["o'brien@corp.example", "o'brien@corp.example"],
  ["R&D Team <r&d@corp.example>", "r&d@corp.example"],
  ["'ada@corp.example'", "ada@corp.example"],
  ["?to=ada@corp.example&cc=x", "ada@corp.example"],
])("email in %j: %s, not a part of it", (text, address) => {
  expect(findEmails([text])).toEqual([address]);
});

test.each([
  ["Latin-1 escapes", "https://a.example/?q=M%FCller%20%C3%A9", "https://a.example/?q=M%FCller é"],
  ["half a sequence", "%e4%bd", "%e4%bd"],
  ["a surrogate", "%ed%a0%80a", "%ed%a0%80a"],
])("escapes that aren't UTF-8: keeps %s", (_what, text, expected) => {
  expect(decodeEscapes(text)).toBe(expected);
});

test.each([
  ["a circled number before it", `①${ID}`],
  ["a footnote after it", `${ID}²`],
  ["a footnote after bare digits", `${HEX}¹`],
  ["flowed text", `> ${ID.slice(0, 14)} \r\n> ${ID.slice(14)}`],
  ["a carriage return alone", `${ID.slice(0, 14)}\r${ID.slice(14)}`],
  ["a line separator", `${ID.slice(0, 14)}\u2028${ID.slice(14)}`],
  ["a shell's line continuation", `${ID.slice(0, 14)}\\\n${ID.slice(14)}`],
  ["three gateways", encodeURIComponent(encodeURIComponent(encodeURIComponent(link(`{${ID}}`))))],
  ["bold Markdown", `__${HEX}__`],
  ["a literal line break before it", `id\\n${HEX}`],
])("id: found, and accepted by the box: %s", (_how, text) => {
  expect(findIds(readings(text))).toEqual([ID]);
  expect(containsId(text)).toBe(true);
});

test.each([`rf_live_${HEX}`, `req_${HEX}`, `a${HEX}`, `${HEX}_b`])("no id in %s", (text) => {
  expect(findIds(readings(text))).toEqual([]);
});
