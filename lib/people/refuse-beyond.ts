import type { Person, PersonReach } from "@/lib/contract/people";
import { mayUsePassword } from "@/lib/identity/password-rules";
import type { Db } from "@/lib/platform/db/client";
import { conflict, invalid, Refusal } from "@/lib/platform/errors";
import { type Caller, isOneself, reaches } from "@/lib/states/caller";
import { ROLE_PERMISSIONS, type Role } from "@/lib/states/permissions";

type Given = { role: Role; reach: { all: boolean; org_ids?: PersonReach["org_ids"] | undefined } };

/**
 * Prevents privilege escalation: no one can give rights that they don't have.
 * @param caller read while people are locked
 * @throws Refusal PERMISSION_DENIED `escalation_forbidden` at the role or the reach
 * @throws Refusal VALIDATION_ERROR for an unknown organization, to callers who reach every one
 */
export async function refuseBeyond(tx: Db, caller: Caller, { role, reach }: Given): Promise<void> {
  const orgIds = reach.org_ids ?? [];
  if (ROLE_PERMISSIONS[role].some((permission) => !caller.permissions.has(permission)))
    throw escalation("role", "The role has permissions that you don’t have.");
  if (reach.all ? !caller.reach.all : orgIds.some((orgId) => !reaches(caller.reach, orgId)))
    throw escalation("reach", "You can’t give access to more customers than you have.");
  const found = await tx.organization.count({ where: { id: { in: [...orgIds] } } });
  if (found !== new Set(orgIds).size)
    throw invalid(["body", "reach", "org_ids"], "not_found", "One of these organizations doesn’t exist.");
}

/**
 * @throws Refusal CONFLICT `self_action_forbidden` when the caller acts on themselves, or with a key on its
 * owner or maker
 */
export function refuseOneself(caller: Caller, personId: string, message: string): void {
  if (isOneself(caller, personId)) throw conflict("self_action_forbidden", message);
}

/** @throws Refusal CONFLICT `managed_by_provider`: the next sign-in would undo the change */
export function refuseManaged({ identity_provider: provider }: Pick<Person, "identity_provider">): void {
  if (provider)
    throw conflict(
      "managed_by_provider",
      `${provider.name} decides this person's name, role and access. Change their groups there.`,
    );
}

/** @throws Refusal CONFLICT `password_sign_in_off` for a link that would lead to a useless password */
export function refuseUselessPassword(email: string): void {
  if (!mayUsePassword(email))
    throw conflict(
      "password_sign_in_off",
      "People sign in with an identity provider, so passwords are off. Add the person to a group there.",
      ["body", "email"],
    );
}

/** Whether no other admin with a password reaches every organization. Call this with people locked. */
export async function isLastAdmin(tx: Db, personId: string): Promise<boolean> {
  const [answer] = await tx.$queryRaw<
    { is_last: boolean }[]
  >`SELECT is_last_admin(${personId}::uuid) AS is_last`;
  return answer!.is_last;
}

/**
 * Call this with people locked.
 * @throws Refusal CONFLICT `last_admin`
 */
export async function refuseLastAdmin(tx: Db, personId: string): Promise<void> {
  if (await isLastAdmin(tx, personId))
    throw conflict(
      "last_admin",
      "This is the last admin with access to every organization. Make someone else one first.",
    );
}

const escalation = (field: "role" | "reach", msg: string): Refusal =>
  new Refusal("PERMISSION_DENIED", { errors: [{ type: "escalation_forbidden", loc: ["body", field], msg }] });
