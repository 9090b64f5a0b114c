import type { Mail } from "@/lib/mail/queue-mail";
import type { RequestContext } from "@/lib/states/audit-entry";

/** Tells a person that their password was set, in case it was someone else. */
export const writePasswordMail = (
  { name, email }: { name: string; email: string },
  { ip }: Pick<RequestContext, "ip">,
  at: Date,
): Mail => ({
  to: email,
  subject: "Your Runflow console password was set",
  text: [
    `Hello ${name},`,
    `The password of your Runflow console account was set at ${at.toISOString().slice(0, 16).replace("T", " ")} UTC${
      ip ? ` from the address ${ip}` : ""
    }. Your other sessions have ended.`,
    "If that was you, there is nothing to do. If not, tell an admin now.",
  ].join("\n\n"),
});
