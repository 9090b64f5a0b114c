import { z } from "zod";
import { ScimError } from "./scim-error";

const Patch = z.object({
  Operations: z
    .array(
      z.object({
        op: z
          .string()
          .transform((op) => op.toLowerCase())
          .pipe(z.enum(["add", "replace", "remove"])),
        path: z.string().optional(),
        value: z.unknown(),
      }),
    )
    .min(1)
    .max(100),
});

type Resource = Record<string, unknown>;

/** The attributes that we keep, by their path in lower case. */
const SETTERS: Record<string, (user: Resource, value: unknown) => void> = {
  active: (user, value) => (user["active"] = value),
  username: (user, value) => (user["userName"] = value),
  externalid: (user, value) => (user["externalId"] = value),
  displayname: (user, value) => (user["displayName"] = value),
  name: (user, value) => Object.assign(user, { displayName: null, name: value }),
  "name.formatted": (user, value) => Object.assign(user, { displayName: null, name: { formatted: value } }),
  "name.givenname": (user, value) => setName(user, "givenName", value),
  "name.familyname": (user, value) => setName(user, "familyName", value),
  emails: (user, value) => (user["emails"] = value),
  "emails.value": (user, value) => (user["emails"] = [{ value, primary: true }]),
};

/** We keep one name, so only both parts together replace it. */
function setName(user: Resource, part: "givenName" | "familyName", value: unknown): void {
  const name = { ...(user["name"] as Resource | undefined), [part]: value };
  const isWhole = name["givenName"] !== undefined && name["familyName"] !== undefined;
  Object.assign(user, isWhole ? { displayName: null, name: { ...name, formatted: null } } : { name });
}

/** `emails[type eq "work"].value` is the one email that we keep. */
const normalize = (path: string): string =>
  path
    .toLowerCase()
    .replace(/^urn:ietf:params:scim:schemas:core:2\.0:user:/, "")
    .replace(/\[[^[\]]*\]/, "");

/**
 * Applies a PatchOp (RFC 7644, 3.5.2) to a user. Attributes that we don't keep are ignored.
 * @throws ScimError invalidSyntax
 */
export function applyPatch(user: Resource, body: unknown): Resource {
  const parsed = Patch.safeParse(body);
  if (!parsed.success) throw new ScimError(400, "Send a PatchOp with Operations.", "invalidSyntax");
  const patched = structuredClone(user);
  for (const { op, path, value } of parsed.data.Operations) {
    const changes = path === undefined ? Object.entries((value ?? {}) as object) : [[path, value] as const];
    for (const [name, to] of changes) {
      const attribute = normalize(name);
      // `__proto__` is no attribute.
      if (!Object.hasOwn(SETTERS, attribute)) continue;
      SETTERS[attribute]!(patched, op === "remove" ? null : (to as unknown));
    }
  }
  return patched;
}
