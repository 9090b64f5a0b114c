import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { ChangePasswordBody } from "@/lib/contract/people";
import { endSessionsOf } from "@/lib/identity/end-session";
import { writeKnownDevice } from "@/lib/identity/known-device";
import { beforeStrangers, hashPassword } from "@/lib/identity/password";
import { type Browser, verifyOwnPassword } from "@/lib/identity/verify-own-password";
import { isMailOn, queueMail } from "@/lib/mail/queue-mail";
import type { Db } from "@/lib/platform/db/client";
import { invalid } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { writePasswordMail } from "./password-mail";
import { refuseWeakPassword } from "./refuse-weak-password";

type ChangePassword = {
  caller: Caller;
  context: RequestContext;
  browser: Browser;
  body: ChangePasswordBody;
};

/** `deviceCookie`: a Set-Cookie header; the new password has made every browser unknown. */
export type ChangedPassword = { email: string; deviceCookie: string };

/**
 * Changes the caller's own password, and ends their other sessions.
 * @throws Refusal VALIDATION_ERROR `wrong_password`, also for the loser of two concurrent changes;
 * `same_password`, `password_too_weak`
 * @throws Refusal RATE_LIMITED with `Retry-After` in seconds
 */
export async function changePassword(
  db: Db,
  { caller, context, browser, body }: ChangePassword,
): Promise<ChangedPassword> {
  const { person, credentialId } = caller;
  const { current_password: password, new_password: newPassword } = body;
  const field = "current_password";
  const { passwordHash, deviceId } = await verifyOwnPassword(db, {
    caller,
    context,
    browser,
    password,
    field,
  });
  if (newPassword === password)
    throw invalid(
      ["body", "new_password"],
      "same_password",
      "This is your current password. Choose another.",
    );
  await refuseWeakPassword(newPassword, person, "new_password");
  const newHash = await beforeStrangers(() => hashPassword(newPassword));
  await db.$transaction(async (tx) => {
    const target = { type: "person", id: person.id, label: person.email } as const;
    // Before the change, because the database then refuses a change without it.
    await writeEntry(tx, {
      caller,
      context,
      target,
      orgId: PLATFORM_ORG_ID,
      action: "person.password_changed",
    });
    const { count } = await tx.person.updateMany({
      where: { id: person.id, passwordHash, disabledAt: null },
      data: { passwordHash: newHash, updatedAt: new Date() },
    });
    if (count === 0)
      throw invalid(["body", field], "wrong_password", "Your password was changed in the meantime.");
    const others = {
      personId: person.id,
      exceptId: credentialId,
      context,
      cause: "password_changed",
    } as const;
    await endSessionsOf(tx, others);
    if (isMailOn()) await queueMail(tx, writePasswordMail(person, context, new Date()));
  });
  const owner = { id: person.id, passwordHash: newHash };
  return { email: person.email, deviceCookie: writeKnownDevice(owner, browser.devices, deviceId) };
}
