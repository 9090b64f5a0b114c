import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import type { PasskeyAssertion, PasskeyRegistration } from "@/lib/contract/passkeys";
import { openTicket, sealTicket, spendTicket, ticketCookie } from "./ticket";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";

const MINUTES = 5;
const Claims = z.object({ challenge: z.string(), personId: z.uuid().optional() });

/** EdDSA, ES256 and RS256: what authenticators support. */
const ALGORITHMS = [-8, -7, -257];

/** Passkeys belong to this host name, and only pages of this origin can use them. */
const site = () => {
  const { hostname, origin } = new URL(env().NEXTAUTH_URL);
  return { rpID: hostname, origin };
};

/** Browsers refuse passkeys for an IP address. */
export const arePasskeysPossible = (): boolean => !/^\[|^\d+(\.\d+){3}$/.test(site().rpID);

/** `cookie`: a Set-Cookie header with the sealed challenge. */
type Challenge = { options: Record<string, unknown>; cookie: string };

const toChallenge = (options: { challenge: string }, personId?: string): Challenge => {
  const ticket = sealTicket(purposeOf(personId), { challenge: options.challenge, personId }, MINUTES);
  return { options: { ...options }, cookie: ticketCookie("challenge", ticket) };
};
const purposeOf = (personId: string | undefined) => (personId ? "passkey registration" : "passkey");

type Owner = { id: string; email: string; name: string };

/** @param known the credentials that the person's authenticators must not register twice */
export async function challengeRegistration(
  { id, email, name }: Owner,
  known: readonly string[],
): Promise<Challenge> {
  const options = await generateRegistrationOptions({
    rpName: "Runflow console",
    rpID: site().rpID,
    userName: email,
    userDisplayName: name,
    userID: new Uint8Array(Buffer.from(id.replaceAll("-", ""), "hex")),
    timeout: MINUTES * 60_000,
    attestationType: "none",
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map((credentialId) => ({ id: credentialId })),
    // Discoverable and with user verification: it signs in alone.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return toChallenge(options, id);
}

/** A challenge for any passkey; it reveals nothing about its person. */
export async function challengeAssertion(): Promise<Challenge> {
  const timeout = MINUTES * 60_000;
  return toChallenge(
    await generateAuthenticationOptions({ rpID: site().rpID, timeout, userVerification: "required" }),
  );
}

export type NewPasskey = { credentialId: string; publicKey: Uint8Array<ArrayBuffer>; signCount: number };

/**
 * Checks a new passkey, and uses its challenge up. The library throws for every problem of a response.
 * @param ticket of the challenge's cookie
 * @returns undefined if anything about it is wrong
 */
export async function verifyRegistration(
  db: Db,
  {
    personId,
    response,
    ticket,
  }: { personId: string; response: PasskeyRegistration; ticket: string | undefined },
): Promise<NewPasskey | undefined> {
  const challenge = openTicket(purposeOf(personId), Claims, ticket);
  if (challenge?.claims.personId !== personId) return undefined;
  const { origin, rpID } = site();
  const verified = await verifyRegistrationResponse({
    response: response as never,
    expectedChallenge: challenge.claims.challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => undefined);
  if (!verified?.registrationInfo || !(await spendTicket(db, challenge))) return undefined;
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  return { credentialId: id, publicKey: new Uint8Array(publicKey), signCount: counter };
}

/**
 * Checks a passkey's signature, and uses its challenge up: of any number of callers, one succeeds. A counter
 * that doesn't grow betrays a copied passkey.
 * @param ticket of the challenge's cookie
 * @returns the passkey's person; undefined if anything is wrong
 */
export async function verifyAssertion(
  db: Db,
  { response, ticket }: { response: PasskeyAssertion; ticket: string | undefined },
): Promise<{ personId: string } | undefined> {
  const challenge = openTicket(purposeOf(undefined), Claims, ticket);
  if (!challenge) return undefined;
  const passkey = await db.secondFactor.findFirst({
    where: { credentialId: response.id, removedAt: null },
    select: { id: true, personId: true, credentialId: true, publicKey: true, signCount: true },
  });
  if (!passkey?.publicKey) return undefined;
  const { id, personId, publicKey, signCount } = passkey;
  const { origin, rpID } = site();
  const verified = await verifyAuthenticationResponse({
    response: response as never,
    expectedChallenge: challenge.claims.challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    credential: { id: response.id, publicKey: new Uint8Array(publicKey), counter: Number(signCount) },
    requireUserVerification: true,
  }).catch(() => undefined);
  if (!verified?.verified || !(await spendTicket(db, challenge))) return undefined;
  const { newCounter } = verified.authenticationInfo;
  // Passkeys without a counter always say 0.
  const { count } = await db.secondFactor.updateMany({
    where: { id, removedAt: null, ...(newCounter > 0 && { signCount: { lt: newCounter } }) },
    data: { signCount: newCounter, lastUsedAt: new Date() },
  });
  return count === 1 ? { personId } : undefined;
}
