import { describeCharacter } from "./describe-character";

/**
 * Explains a syntax error so that a person can fix it, without a period.
 * @param expected the names of the grammar's expectations
 */
export function explainSyntax(text: string, at: number, expected: ReadonlySet<string>): string {
  const before = wordBefore(text, at);
  const [here = ""] = text.slice(at);
  const found =
    here === "" ? "" : /[A-Za-z0-9_]/.test(here) ? `“${wordAt(text, at)}”` : describeCharacter(here);
  const is = (name: string) => expected.has(name);

  if (is("a value"))
    return found ? `Expected a value, but found ${found}` : `Missing value after “${before}”`;
  if (is("AND") || is("OR")) return explainRest(found, here, is('")"'));
  if (is("a field")) {
    if (!found) return `Missing comparison after “${before}”`;
    return /^(AND|OR)$/i.test(wordAt(text, at))
      ? `Missing comparison before ${found}`
      : `Expected a field, but found ${found}`;
  }
  if ([...expected].some((name) => name.startsWith("an operator")))
    return `Add an operator (: = > < >= <=) after “${before}”${found && `, not ${found}`}`;
  return found ? `Unexpected ${found}` : `Incomplete after “${before}”`;
}

/** After a whole comparison. */
function explainRest(found: string, here: string, isOpen: boolean): string {
  if (!found) return isOpen ? "Missing “)”" : "Incomplete expression";
  if (/[A-Za-z0-9_(]/.test(here)) return `Add AND or OR before ${found}`;
  return `Unexpected ${found}`;
}

const LONGEST = 30;
const shorten = (word: string): string => (word.length > LONGEST ? `${word.slice(0, LONGEST)}…` : word);

const wordAt = (text: string, at: number): string => shorten(/^[A-Za-z0-9_.]*/.exec(text.slice(at))![0]);

const wordBefore = (text: string, at: number): string =>
  shorten(/[^\s()]*$/.exec(text.slice(0, at).trimEnd())![0]);
