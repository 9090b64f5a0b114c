import type { ZxcvbnFactory, ZxcvbnResult } from "@zxcvbn-ts/core";
import { invalid } from "@/lib/platform/errors";

/** Characters that a password needs besides names. */
const BESIDES_NAMES = 8;
/** The estimator's score of passwords that withstand ten million guesses, of five from 0 to 4. */
const STRONG = 3;
/** Its time grows with the length; a password is judged by its beginning. */
const JUDGED = 64;
const PRODUCT = ["runflow", "console", "runflow console"];

let estimator: Promise<ZxcvbnFactory> | undefined;

/** Loaded on first use, because its dictionary takes some megabytes. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory: Estimator }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  return new Estimator({ graphs: adjacencyGraphs, dictionary, maxLength: JUDGED });
}

type Owner = { name: string; email: string };

/**
 * Refuses passwords that are guessed early: common ones, the person's own name and email, the product's name,
 * repeats, sequences and keyboard rows, and their combinations.
 * @param field of the body that has the password
 * @throws Refusal VALIDATION_ERROR `password_too_weak` at the field
 */
export async function refuseWeakPassword(password: string, owner: Owner, field: string): Promise<void> {
  const refuse = (msg: string) => invalid(["body", field], "password_too_weak", msg);
  const text = password.normalize("NFKC");
  const names = namesOf(owner);
  if (countBesides(names, text) < BESIDES_NAMES) throw refuse(OWN_NAMES);
  estimator ??= load();
  const result = (await estimator).check(text, names);
  if (result.score < STRONG) throw refuse(explain(result));
}

/** Counts what a password has besides names, from the longest name to the shortest. */
function countBesides(names: string[], text: string): number {
  const rest = names
    .filter((name) => name.length > 3)
    .toSorted((one, other) => other.length - one.length)
    .reduce((left, name) => left.replaceAll(name, ""), text.toLowerCase());
  return [...rest].length;
}

function namesOf({ name, email }: Owner): string[] {
  const parts = [name, email, ...name.split(/\s+/), ...email.split(/[@.+_-]/)];
  return [...parts.filter((part) => part.length > 2), ...PRODUCT].map((part) => part.toLowerCase());
}

const ADVICE = "Use a few unrelated words.";
const OWN_NAMES = `Your name, your email address and the product’s name are easy to guess. ${ADVICE}`;

function explain({ sequence }: ZxcvbnResult): string {
  const has = (isSo: (match: ZxcvbnResult["sequence"][number]) => boolean) => sequence.some(isSo);
  if (has((match) => match["dictionaryName"] === "userInputs")) return OWN_NAMES;
  if (has((match) => match["dictionaryName"] === "passwords-common"))
    return `This is one of the most common passwords, or close to one. ${ADVICE}`;
  if (has(({ pattern }) => ["repeat", "sequence", "spatial", "wordSequence"].includes(pattern)))
    return `Repeated characters, sequences and keyboard rows are easy to guess. ${ADVICE}`;
  return `This password is easy to guess. ${ADVICE}`;
}
