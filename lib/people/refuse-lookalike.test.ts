import { expect, test } from "vitest";
import { looksLike } from "./refuse-lookalike";

test.each([
  "grace mbeki",
  "GRACE MBEKI",
  "GraceMbeki",
  " Grace\u2003Mbeki",
  "Grасе Mbеki",
  "Ｇｒａｃｅ Ｍｂｅｋｉ",
  "𝐆𝐫𝐚𝐜𝐞 Mbeki",
  "Grace Mbekı",
])("%j: looks like Grace Mbeki", (name) => expect(looksLike(name, "Grace Mbeki")).toBe(true));

test.each([
  ["AI Lee", "Al Lee"],
  ["Bob 0'Neil", "Bob O'Neil"],
  ["Zoe\u0308", "Zoë"],
])("%j: looks like %j", (name, other) => expect(looksLike(name, other)).toBe(true));

test.each(["Grace M. Mbeki", "Greta Mbeki", "Gracie Mbeki"])("%j: another name", (name) =>
  expect(looksLike(name, "Grace Mbeki")).toBe(false),
);
