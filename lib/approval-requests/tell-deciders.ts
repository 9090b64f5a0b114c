import type { Approval } from "@/lib/contract/approvals";
import { isMailOn, queueMail } from "@/lib/mail/queue-mail";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { APPROVAL_PERMISSIONS, nameAction, REQUEST_HOURS } from "@/lib/states/approval";
import { ROLE_PERMISSIONS, ROLES } from "@/lib/states/permissions";

/** More people would not decide faster. */
const MOST_MAILS = 20;

/** Sends an email to the people who may decide a request, with a link to it in the console. */
export async function tellDeciders(tx: Db, approval: Approval, requesterId: string): Promise<void> {
  if (!isMailOn()) return;
  const permission = APPROVAL_PERMISSIONS[approval.kind];
  const people = await tx.person.findMany({
    where: {
      id: { not: requesterId },
      kind: "staff",
      disabledAt: null,
      emailVerifiedAt: { not: null },
      role: { in: ROLES.filter((role) => ROLE_PERMISSIONS[role].includes(permission)) },
      OR: [
        { reachesAllOrgs: true },
        // All of the customers concerned: none of them may be missing.
        ...(approval.org_ids.length > 0
          ? [{ AND: approval.org_ids.map((orgId) => ({ reach: { some: { orgId } } })) }]
          : []),
      ],
    },
    select: { email: true },
    orderBy: { id: "asc" },
    take: MOST_MAILS,
  });
  for (const { email } of people) await queueMail(tx, { to: email, ...writeMail(approval) });
}

function writeMail(approval: Approval) {
  const { id, reason, requested_by: by } = approval;
  const action = nameAction(approval.kind, approval.target.label);
  const text = [
    `${by.name}${by.email ? ` (${by.email})` : ""} asks for the approval of a second person: ${action}.`,
    `Reason: ${reason}`,
    `Decide within ${REQUEST_HOURS} hours in the console:`,
    `${env().NEXTAUTH_URL.replace(/\/$/, "")}/approvals/${id}`,
    "This email can't approve anything. You need to be signed in.",
  ];
  return { subject: `Approval needed: ${action}`, text: text.join("\n\n") };
}
