import type * as SimpleWebAuthn from "@simplewebauthn/browser";
import type { Factor } from "@/lib/contract/factors";
import type { PasskeyAssertion } from "@/lib/contract/passkeys";
import { addFactor, challengePasskey, startPasskey } from "./factors";

/** The browser or its person did not use a passkey; the message says why. */
export class PasskeyRefused extends Error {
  override name = "PasskeyRefused";
}

/**
 * Makes a passkey and adds it to the signed-in person's factors.
 * @throws PasskeyRefused, ApiError, ConnectionError, NotSentError
 */
export async function createPasskey(name: string): Promise<Factor> {
  const { options } = await startPasskey();
  const response = await ask(({ startRegistration }) => startRegistration({ optionsJSON: options as never }));
  return addFactor({ kind: "passkey", name, response: response as never });
}

/**
 * Asks for a passkey of the person at the browser.
 * @throws PasskeyRefused, ApiError, ConnectionError, NotSentError
 */
export async function askPasskey(): Promise<PasskeyAssertion> {
  const { options } = await challengePasskey();
  const asked = ask(({ startAuthentication }) => startAuthentication({ optionsJSON: options as never }));
  return (await asked) as never;
}

type Library = typeof SimpleWebAuthn;

async function ask<T>(work: (library: Library) => Promise<T>): Promise<T> {
  // Loaded here, because few people need it.
  const library = await import("@simplewebauthn/browser");
  try {
    return await work(library);
  } catch (error) {
    throw new PasskeyRefused(REASONS[(error as Error).name] ?? REASONS["NotAllowedError"], { cause: error });
  }
}

/** By the name of WebAuthn's error. */
const REASONS: Record<string, string> = {
  NotAllowedError: "No passkey was used. It was canceled, or took too long. Try again.",
  InvalidStateError: "This device already has a passkey for your account.",
  SecurityError: "Passkeys don’t work at this address of the console.",
};
