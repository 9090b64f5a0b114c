import { visible } from "@/lib/contract/text/visible";

/** What can't be seen, or can be taken for another, is named by its code point. */
export function describeCharacter(character: string): string {
  if (/^[ -~]$/.test(character)) return JSON.stringify(character);
  const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
  const isSeen = visible(character).trim() !== "" && !/\p{Surrogate}/u.test(character);
  return isSeen ? `${JSON.stringify(character)} (${code})` : code;
}

/** @returns where the text has a character that can't be seen, and which */
export function findInvisible(text: string): { at: number; name: string } | undefined {
  let at = 0;
  for (const character of text) {
    if (visible(character) === "") return { at, name: describeCharacter(character) };
    at += character.length;
  }
  return undefined;
}
