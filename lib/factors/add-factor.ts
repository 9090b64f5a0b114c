import { writeEntry } from "@/lib/audit/trail/write-entry";
import { type AddFactorBody, type Factor, MOST_FACTORS } from "@/lib/contract/factors";
import { endSessionsOf } from "@/lib/identity/end-session";
import type { Db } from "@/lib/platform/db/client";
import { conflict, invalid } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { mailFactorNews } from "@/lib/identity/factor-mail";
import { FACTOR_FIELDS, toFactor } from "./find-factors";
import { lockFactors } from "./lock-factors";
import { verifyRegistration } from "@/lib/identity/passkey";
import { confirmTotp } from "./start-totp";
import { sealTotpSecret } from "@/lib/identity/totp";

type AddFactor = {
  caller: Caller;
  context: RequestContext;
  body: AddFactorBody;
  /** Of the cookie with a passkey's challenge. */
  ticket: string | undefined;
};

/**
 * Adds a second factor of the caller, who has just proven it. With the first one, their other sessions end,
 * because those were started without it.
 * @throws Refusal VALIDATION_ERROR `setup_expired`, `wrong_code`, `wrong_passkey`
 * @throws Refusal CONFLICT `managed_by_provider`, `too_many_factors`
 */
export async function addFactor(db: Db, { caller, context, body, ticket }: AddFactor): Promise<Factor> {
  const { person, credentialId } = caller;
  const secrets = await prove(db, caller, body, ticket);
  return db.$transaction(async (tx) => {
    await lockFactors(tx, caller);
    const known = await tx.secondFactor.count({ where: { personId: person.id, removedAt: null } });
    if (known >= MOST_FACTORS)
      throw conflict("too_many_factors", `You have ${MOST_FACTORS} factors. Remove one first.`);
    const { kind, name } = body;
    const factor = await tx.secondFactor.create({
      data: { personId: person.id, kind, name, ...secrets },
      select: FACTOR_FIELDS,
    });
    await writeEntry(tx, {
      caller,
      context,
      orgId: PLATFORM_ORG_ID,
      action: "person.factor_added",
      target: { type: "person", id: person.id, label: person.email },
      meta: { factor: { id: factor.id, kind, name } },
    });
    if (known === 0) {
      const others = { personId: person.id, exceptId: credentialId, context, cause: "factor_added" } as const;
      await endSessionsOf(tx, others);
    }
    const what = `${kind === "totp" ? "An authenticator app" : "A passkey"} was added to your Runflow console account`;
    await mailFactorNews(tx, { person, what, context });
    return toFactor(factor);
  });
}

/** @returns the columns of the proven factor */
async function prove(db: Db, caller: Caller, body: AddFactorBody, ticket: string | undefined) {
  const personId = caller.person.id;
  if (body.kind === "totp") {
    const { secret, step } = confirmTotp(caller, body);
    return { secret: sealTotpSecret(secret, personId), lastStep: step };
  }
  const passkey = await verifyRegistration(db, { personId, response: body.response, ticket });
  if (!passkey)
    throw invalid(["body", "response"], "wrong_passkey", "The passkey could not be verified. Try again.");
  return passkey;
}
