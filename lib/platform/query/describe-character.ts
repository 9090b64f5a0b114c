import { visible } from "@/lib/contract/text/visible";

/** Shows a character, by its code point if it is invisible or easily confused. */
export function describeCharacter(character: string): string {
  if (/^[ -~]$/.test(character)) return JSON.stringify(character);
  const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
  const isSeen = visible(character).trim() !== "" && !/\p{Surrogate}/u.test(character);
  return isSeen ? `${JSON.stringify(character)} (${code})` : code;
}

/** @returns the position and name of an invisible character in the text */
export function findInvisible(text: string): { at: number; name: string } | undefined {
  let at = 0;
  for (const character of text) {
    if (visible(character) === "") return { at, name: describeCharacter(character) };
    at += character.length;
  }
  return undefined;
}
