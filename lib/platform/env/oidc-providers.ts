import { z } from "zod";
import { ROLES } from "@/lib/states/permissions";

/** Over http, anyone on the way could sign in as anyone; on this machine nobody is on the way. */
const Issuer = z
  .url({ protocol: /^https?$/ })
  .refine((text) => text.startsWith("https:") || /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)[:/]/.test(text))
  .refine((text) => !/[?#]/.test(text));

const AccessRule = z.strictObject({
  group: z.string().min(1).max(200),
  role: z.enum(ROLES),
  /** The slugs of organizations. */
  organizations: z.union([z.literal("all"), z.array(z.string().min(1)).min(1)]),
});
export type AccessRule = z.infer<typeof AccessRule>;

const OidcProvider = z.strictObject({
  /** Part of the callback URL. */
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .refine((id) => !["credentials", "second-step", "passkey"].includes(id)),
  /** Shown on the sign-in button. */
  name: z.string().trim().min(1).max(60),
  issuer: Issuer,
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  scopes: z
    .string()
    .default("openid profile email")
    .refine((text) => text.split(" ").includes("openid")),
  groups_claim: z.string().min(1).default("groups"),
  access: z.array(AccessRule).min(1),
  link_by_email: z.boolean().default(false),
  /** For providers that verify emails without saying so in `email_verified`, such as Microsoft Entra ID. */
  trust_email: z.boolean().default(false),
  /** Lets the provider's SCIM client make, change and deactivate its people. */
  scim_token: z
    .string()
    .min(32)
    .regex(/^[\x21-\x7e]+$/)
    .optional(),
  signing_alg: z
    .enum(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"])
    .default("RS256"),
});
export type OidcProvider = z.infer<typeof OidcProvider>;

/** The variable's value: a JSON list, with each id and each issuer once. */
export const OidcProviders = z
  .string()
  .default("[]")
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: "custom" });
      return z.NEVER;
    }
  })
  .pipe(z.array(OidcProvider).max(10))
  .refine((providers) =>
    (["id", "issuer"] as const).every(
      (field) => new Set(providers.map((provider) => provider[field])).size === providers.length,
    ),
  );
