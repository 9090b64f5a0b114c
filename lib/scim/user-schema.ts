import { z } from "zod";
import { Email, PersonName } from "@/lib/contract/people";
import { StorableText } from "@/lib/contract/storable-text";
import { ScimError } from "./scim-error";

/** Some clients send booleans as text. */
const Flag = z.union([z.boolean(), z.string().transform((text) => text.toLowerCase() === "true")]);
const Text = StorableText(255);

/** What we keep of a SCIM user; clients send more. */
const User = z.object({
  userName: Text.min(1),
  externalId: Text.nullish(),
  displayName: z.string().nullish(),
  name: z
    .object({
      formatted: z.string().nullish(),
      givenName: z.string().nullish(),
      familyName: z.string().nullish(),
    })
    .nullish(),
  emails: z.array(z.object({ value: z.string(), primary: Flag.nullish() })).nullish(),
  active: Flag.default(true),
});

export type ScimUser = {
  userName: string;
  externalId: string | null;
  name: string;
  email: string;
  active: boolean;
};

/** @throws ScimError invalidValue with the first problem */
export function readUser(body: unknown): ScimUser {
  const parsed = User.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ScimError(400, `${issue!.path.join(".") || "body"}: ${issue!.message}`, "invalidValue");
  }
  const { userName, externalId, displayName, name, emails, active } = parsed.data;
  const given = [emails?.find(({ primary }) => primary)?.value, emails?.[0]?.value, userName];
  const email = given.map((each) => Email.safeParse(each)).find(({ success }) => success)?.data;
  if (email === undefined) throw new ScimError(400, "emails: send an email address.", "invalidValue");
  const parts = [name?.givenName, name?.familyName].filter(Boolean).join(" ");
  const names = [displayName, name?.formatted, parts, email];
  const shown = names.map((each) => PersonName.safeParse(each)).find(({ success }) => success)?.data;
  return { userName, externalId: externalId || null, name: shown ?? "Unnamed", email, active };
}
