/** Format characters, fillers, joiners, an empty braille cell, and controls other than line breaks and tabs. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]|(?![\t-\r\x85])\p{Cc}/gu;

/** The text without the characters that show nothing: mail programs, PDFs and chats leave them in what people copy. */
export const visible = (text: string): string => text.replace(INVISIBLE, "");

/** How many code points of a text show something, or stand between some that do. */
export const countVisible = (text: string): number =>
  [...visible(text).replace(/^[\s\x85]+|[\s\x85]+$/g, "")].length;
