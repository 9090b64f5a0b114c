import type { ZxcvbnFactory, ZxcvbnResult } from "@zxcvbn-ts/core";
import { invalid } from "@/lib/platform/errors";

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
  estimator ??= load();
  const result = (await estimator).check(password.normalize("NFKC"), namesOf(owner));
  if (result.score < STRONG) throw invalid(["body", field], "password_too_weak", explain(result));
}

function namesOf({ name, email }: Owner): string[] {
  const parts = [name, email, ...name.split(/\s+/), ...email.split(/[@.+_-]/)];
  return [...parts.filter((part) => part.length > 2), ...PRODUCT].map((part) => part.toLowerCase());
}

const ADVICE = "Use a few unrelated words.";

function explain({ sequence }: ZxcvbnResult): string {
  const has = (isSo: (match: ZxcvbnResult["sequence"][number]) => boolean) => sequence.some(isSo);
  if (has((match) => match["dictionaryName"] === "userInputs"))
    return `Your name, your email address and the product’s name are easy to guess. ${ADVICE}`;
  if (has((match) => match["dictionaryName"] === "passwords"))
    return `This is one of the most common passwords, or close to one. ${ADVICE}`;
  if (has(({ pattern }) => ["repeat", "sequence", "spatial", "wordSequence"].includes(pattern)))
    return `Repeated characters, sequences and keyboard rows are easy to guess. ${ADVICE}`;
  return `This password is easy to guess. ${ADVICE}`;
}
