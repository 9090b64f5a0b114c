import { randomUUID } from "node:crypto";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Db } from "@/lib/platform/db/client";
import { SetupProblem } from "@/lib/platform/setup-problem";
import type { ActorSnapshot } from "@/lib/states/audit-entry";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { takeTurn } from "./lock-people";
import { openLink } from "./open-link";

type InviteAdmin = { name: string; email: string; /** Where people open the console. */ origin: string };

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
 * Makes an admin who reaches every organization, or a new link for one who is there: what nobody in the console can do for
 * the first of them, or for the last one who forgot their password.
 * @param db as the owner
 * @returns the link, as an invitation's
 * @throws SetupProblem for an e-mail that somebody else has, or who is disabled
 */
export function inviteAdmin(db: Db, { name, email, origin }: InviteAdmin): Promise<string> {
  return db.$transaction(async (tx) => {
    await takeTurn(tx);
    const found = await tx.person.findUnique({ where: { email } });
    if (found && (found.role !== "admin" || !found.reachesAllOrgs || found.disabledAt !== null))
      throw new SetupProblem(`${email} is somebody's who is no enabled admin with every customer in reach.`);
    const meta = found ? { is_renewal: true } : { name, role: "admin", reach: { all: true, org_ids: null } };
    const { id } =
      found ??
      (await tx.person.create({
        data: { kind: "staff", name, email, role: "admin", reachesAllOrgs: true },
        select: { id: true },
      }));
    const link = await openLink(tx, id, origin);
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
