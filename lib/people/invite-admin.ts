import { randomUUID } from "node:crypto";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Db } from "@/lib/platform/db/client";
import { SetupProblem } from "@/lib/platform/setup-problem";
import type { ActorSnapshot } from "@/lib/states/audit-entry";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { takeTurn } from "./lock-people";
import { openLink } from "./open-link";

type InviteAdmin = { name: string; email: string; /** The console's URL. */ origin: string };

const COMMAND = "npm run admin:invite";
const ACTOR: ActorSnapshot = {
  type: "system",
  id: PLATFORM_ORG_ID,
  name: COMMAND,
  email: null,
  role: null,
  keyPrefix: null,
};

/**
 * Invites an admin with access to every organization, or gives an existing one a new link: for the first
 * admin, and for a last admin who forgot the password and whom nobody in the console could help.
 * @param db as the owner
 * @returns a password link
 * @throws SetupProblem for an email that belongs to someone else or to a disabled person
 */
export function inviteAdmin(db: Db, { name, email, origin }: InviteAdmin): Promise<string> {
  return db.$transaction(async (tx) => {
    await takeTurn(tx);
    const found = await tx.person.findUnique({ where: { email }, include: { identity: true } });
    if (found?.identity)
      throw new SetupProblem(`${email} signs in with an identity provider. Invite another email address.`);
    if (found && (found.role !== "admin" || !found.reachesAllOrgs || found.disabledAt !== null))
      throw new SetupProblem(
        `${email} belongs to someone who is not an enabled admin with access to every customer.`,
      );
    const meta = found ? { is_renewal: true } : { name, role: "admin", reach: { all: true, org_ids: null } };
    const { id } =
      found ??
      (await tx.person.create({
        data: { kind: "staff", name, email, role: "admin", reachesAllOrgs: true },
        select: { id: true },
      }));
    const link = await openLink(tx, { personId: id, makerId: null, isMailed: false, origin });
    await writeEntry(tx, {
      caller: { actor: ACTOR },
      context: { source: "system", ip: null, userAgent: null, requestId: `invite_${randomUUID()}` },
      orgId: PLATFORM_ORG_ID,
      action: "person.invited",
      target: { type: "person", id, label: email },
      meta,
    });
    return link;
  });
}
