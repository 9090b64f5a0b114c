import { trimWhiteSpace } from "./trim-white-space";

/** Format characters, fillers, joiners, the blank braille cell, and controls except line breaks and tabs. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]|(?![\t-\r\x85])\p{Cc}/gu;

/** Removes invisible characters, which mail programs, PDFs and chats leave in copied text. */
export const visible = (text: string): string => text.replace(INVISIBLE, "");

/** How many code points are visible or lie between visible ones. */
export const countVisible = (text: string): number => [...trimWhiteSpace(visible(text))].length;
