import { expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { foldText, searchText } from "./fold";

const database = useDatabase();

/**
 * All characters except private-use ones and surrogates; a sample of the thousands of ideographs and
 * syllables.
 */
function characters(): string[] {
  const found: string[] = [];
  for (let code = 1; code < 0xf0000; code++) {
    if (code >= 0xd800 && code < 0xf900) code = 0xf900;
    const character = String.fromCodePoint(code);
    if (code > 0x3400 && /\p{Lo}/u.test(character) && code % 89 !== 0) continue;
    if (/\p{Assigned}/u.test(character)) found.push(character);
  }
  return found;
}

test.each([
  ["fold_text", foldText],
  ["search_text", searchText],
])("%s: folds every character as the console does", async (name, fold) => {
  const texts = characters().map((character) => `A${character}b`);
  expect(texts.length).toBeGreaterThan(20_000);
  // Node's Unicode version may be newer than the database's.
  const { rows } = await database().owner.query<{ text: string; found: string; wanted: string }>(
    `SELECT text, ${name}(text) AS found, wanted FROM unnest($1::text[], $2::text[]) AS given (text, wanted)
     WHERE unicode_assigned(text) AND ${name}(text) IS DISTINCT FROM wanted`,
    [texts, texts.map(fold)],
  );
  expect(rows).toEqual([]);
});

test.each([
  ["an umlaut in two characters", "Mu\u0308ller", "Müller", "MULLER"],
  ["widths", "Ｔｉｄｅ　ｗａｔｅｒ", "tide water", "TIDE  WATER"],
  ["dashes", "order–17", "order−17", "Order‑17"],
  ["quotation marks", "„it’s“", "«it´s»", '"IT\'S"'],
  ["white space", "Basalt\u00a0Labs", " Basalt \r\n Labs\t", "basalt labs"],
  ["invisible characters", "tide\u200bwater", "\ufefftide\u00adwater", "tidewater\u2060"],
  ["final sigma", "ΟΔΟΣ", "οδος", "οδοσ"],
  ["sharp s", "Straße", "STRASSE", "strasse"],
  ["digits", "#٤٨٢", "＃４８２", "#482"],
  ["decomposed syllables", "환불".normalize("NFD"), "환불", "환불"],
  ["kana with marks", "か\u3099", "が", "が"],
  ["ligatures", "ﬁle", "FILE", "file"],
  ["Arabic points", "مُحَمَّد", "محمد", "محمـد"],
])("fold_text: %s make no difference", async (_what, ...spellings) => {
  const { rows } = await database().owner.query<{ folded: string }>(
    "SELECT fold_text(text) AS folded FROM unnest($1::text[]) text",
    [spellings],
  );
  const folded = rows.map((row) => row.folded);
  expect(new Set(folded).size).toBe(1);
  expect(spellings.map(foldText)).toEqual(folded);
});

test("fold_text: keeps different texts apart", () => {
  const texts = ["tide water", "tidewater", "か", "が", "i-o", "io", "滥用", "用滥", "हिंदी", "हद"];
  expect(new Set(texts.map(foldText)).size).toBe(texts.length);
});

test.each(["滥用", "환불", "サポート", "мошенничество", "Müller", "#48", "重复提交", "תמיכה", "คืนเงิน"])(
  "trigram index: finds text containing %s",
  async (text) => {
    const { rows } = await database().owner.query<{ trigrams: string[]; pattern: string }>(
      "SELECT show_trgm(search_text($1)) AS trigrams, containing($1) AS pattern",
      [text],
    );
    expect(rows[0]!.trigrams.length).toBeGreaterThan(1);
    expect(rows[0]!.pattern).toBe(`%${searchText(text)}%`);
  },
);
