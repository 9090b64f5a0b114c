import { expect, test } from "vitest";
import { nameText, personNameText } from "./name-text";

const messageOf = (name: string) => nameText(20).safeParse(name).error?.issues[0]?.message;

test.each(["\u200b", "\u2800", "\u3164\u3164", "\u00ad", "\u2060 \u200d"])(
  "name %j: rejected, because nothing is visible",
  (name) => {
    expect(messageOf(name)).toBe("The name has no visible characters. Add at least one.");
  },
);

test.each(["bot \u202eoferif", "\u2066a", "a\u2069", "\u202aa\u202c"])(
  "name %j: rejected, because it reorders the text around it",
  (name) => {
    expect(messageOf(name)).toMatch(/change the direction of text/);
  },
);

test.each(["a\nb", "a\u2028b", "a\u2029b", "a\u0000b", "\u007fa", "a\ud800"])(
  "name %j: rejected, because it can't be shown",
  (name) => {
    expect(messageOf(name)).toBe("The name has characters that can't be shown.");
  },
);

test.each([
  [" Ops \u3000", "Ops"],
  ["محمد", "محمد"],
  ["👩‍💻", "👩‍💻"],
  ["می‌خواهم", "می‌خواهم"],
])("name %j: stored as written", (name, kept) => {
  expect(nameText(20).parse(name)).toBe(kept);
});

test.each([
  "Grace\u200bMbeki",
  "Grace\u00adMbeki",
  "Gr\ufefface",
  "Grace\ue000",
  "Gr\u2060ace",
  "Grace \u{e0041}",
])("person's name %j: rejected, because of an invisible character", (name) => {
  expect(personNameText(20).safeParse(name).success).toBe(false);
  expect(nameText(20).safeParse(name).success).toBe(true);
});

test.each(["محمد", "Zoë 小林", "O’Brien-Łukasz"])("person's name %j: accepted", (name) => {
  expect(personNameText(20).parse(name)).toBe(name);
});
