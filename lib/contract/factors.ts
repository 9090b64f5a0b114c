import { z } from "zod";
import { nameText } from "./name-text";
import { anyone, defineOperation, exempt, session } from "./operation";
import { PasskeyRegistration } from "./passkeys";
import { Timestamp, Uuid } from "./values";

export const FACTOR_KINDS = ["totp", "passkey"] as const;
export type FactorKind = (typeof FACTOR_KINDS)[number];

export const MOST_FACTORS = 10;

export const Factor = z
  .object({
    id: Uuid,
    kind: z.enum(FACTOR_KINDS).meta({ description: "`totp`: an authenticator app." }),
    name: z.string(),
    created_at: Timestamp,
    last_used_at: Timestamp.nullable(),
  })
  .meta({ id: "Factor", description: "What a person proves besides their password." });
export type Factor = z.infer<typeof Factor>;

export const Factors = z
  .object({
    items: z.array(Factor),
    recovery_codes_left: z.int(),
    is_required: z.boolean().meta({ description: "Whether the last factor must stay." }),
  })
  .meta({ id: "Factors" });
export type Factors = z.infer<typeof Factors>;

export const TotpSetup = z
  .object({
    secret: z.string().meta({ description: "Base32. Shown only here." }),
    uri: z.string().meta({ description: "The same as an `otpauth://` URI, for a QR code." }),
    setup: z.string().meta({ description: "To be sent back with the first code, within 10 minutes." }),
  })
  .meta({ id: "TotpSetup" });
export type TotpSetup = z.infer<typeof TotpSetup>;

export const PasskeySetup = z
  .object({ options: z.record(z.string(), z.unknown()).meta({ description: "As WebAuthn defines them." }) })
  .meta({ id: "PasskeySetup" });

const Name = nameText(60);
/** Six digits of an authenticator app, or a recovery code. */
export const Code = z.string().trim().min(1).max(100);

export const AddFactorBody = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("totp"), name: Name, setup: z.string().max(2000), code: Code }),
    z.strictObject({ kind: z.literal("passkey"), name: Name, response: PasskeyRegistration }),
  ])
  .meta({ id: "AddFactor" });
export type AddFactorBody = z.infer<typeof AddFactorBody>;

export const RenameFactorBody = z.strictObject({ name: Name }).meta({ id: "RenameFactor" });
export type RenameFactorBody = z.infer<typeof RenameFactorBody>;

export const RecoveryCodes = z
  .object({ id: Uuid.meta({ description: "The person's." }), codes: z.array(z.string()) })
  .meta({ id: "RecoveryCodes", description: "Shown only here; each works once instead of a second factor." });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

export const listFactorsOperation = defineOperation({
  id: "listFactors",
  method: "GET",
  path: "/v1/auth/factors",
  summary: "List your own second factors",
  access: session,
  beforeFactor: true,
  responses: { 200: { description: "Your authenticator apps and passkeys.", body: Factors } },
});

export const startTotpOperation = defineOperation({
  id: "startTotp",
  method: "POST",
  path: "/v1/auth/factors/totp-setup",
  summary: "Create a secret for an authenticator app",
  description:
    "Nothing is stored before its first code arrives. Not for people whom an identity provider signs in: 409 `managed_by_provider`.",
  access: session,
  stepUp: true,
  beforeFactor: true,
  audits: exempt("Nothing is stored: the secret counts once its first code was sent to addFactor."),
  refusals: [409],
  responses: { 200: { description: "The secret.", body: TotpSetup } },
});

export const startPasskeyOperation = defineOperation({
  id: "startPasskey",
  method: "POST",
  path: "/v1/auth/factors/passkey-setup",
  summary: "Start the registration of a passkey",
  description:
    "The challenge is in the options and, sealed, in a cookie; it works once, within 5 minutes. 409 as for startTotp.",
  access: session,
  stepUp: true,
  beforeFactor: true,
  audits: exempt("Nothing is stored: the passkey counts once it was sent to addFactor."),
  refusals: [409],
  responses: { 200: { description: "The options for the browser.", body: PasskeySetup } },
});

export const addFactorOperation = defineOperation({
  id: "addFactor",
  method: "POST",
  path: "/v1/auth/factors",
  summary: "Add an authenticator app or a passkey",
  description:
    "Needs the app's first code (422 `wrong_code`, `setup_expired`) or the browser's response (422 `wrong_passkey`). The first factor ends the person's other sessions. Ten per person: 409 `too_many_factors`.",
  access: session,
  stepUp: true,
  beforeFactor: true,
  audits: "person.factor_added",
  body: AddFactorBody,
  refusals: [409],
  responses: { 201: { description: "The factor.", body: Factor } },
});

export const renameFactorOperation = defineOperation({
  id: "renameFactor",
  method: "PATCH",
  path: "/v1/auth/factors/{factor_id}",
  summary: "Rename one of your own second factors",
  access: session,
  stepUp: true,
  audits: exempt("The name is only for the person; the entries about the factor keep the former one."),
  body: RenameFactorBody,
  responses: { 200: { description: "The factor.", body: Factor } },
});

export const removeFactorOperation = defineOperation({
  id: "removeFactor",
  method: "POST",
  path: "/v1/auth/factors/{factor_id}/removal",
  summary: "Remove one of your own second factors",
  description:
    "With the last one, the recovery codes end. Where a second factor is required, the last one stays: 409 `last_factor`.",
  access: session,
  stepUp: true,
  audits: "person.factor_removed",
  refusals: [409],
  responses: { 200: { description: "The removed factor.", body: Factor } },
});

export const makeRecoveryCodesOperation = defineOperation({
  id: "makeRecoveryCodes",
  method: "POST",
  path: "/v1/auth/recovery-codes",
  summary: "Create ten recovery codes",
  description: "They replace the earlier ones. Without a second factor: 409 `no_factor`.",
  access: session,
  stepUp: true,
  audits: "person.recovery_codes_made",
  body: z.strictObject({}).nullish().meta({ id: "MakeRecoveryCodes" }),
  refusals: [409],
  responses: { 201: { description: "The codes.", body: RecoveryCodes } },
});

export const challengePasskeyOperation = defineOperation({
  id: "challengePasskey",
  method: "POST",
  path: "/v1/auth/passkey-challenges",
  summary: "Get a challenge for a passkey",
  description:
    "For a sign-in or a step-up. The challenge is in the options and, sealed, in a cookie; it works once, within 5 minutes.",
  access: anyone,
  audits: exempt("Nothing is stored."),
  body: z.strictObject({}).meta({ id: "PasskeyChallenge" }),
  responses: { 200: { description: "The options for the browser.", body: PasskeySetup } },
});
