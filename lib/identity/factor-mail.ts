import { isMailOn, type Mail, queueMail } from "@/lib/mail/queue-mail";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";

type News = {
  person: { name: string; email: string };
  /** What happened, without the time. */
  what: string;
  context: Pick<RequestContext, "ip">;
};

/** Tells a person that their factors changed, in case it was someone else. */
export async function mailFactorNews(tx: Db, news: News): Promise<void> {
  if (isMailOn()) await queueMail(tx, writeFactorMail(news, new Date()));
}

const writeFactorMail = ({ person: { name, email }, what, context: { ip } }: News, at: Date): Mail => ({
  to: email,
  subject: "Your Runflow console sign-in was changed",
  text: [
    `Hello ${name},`,
    `${what} at ${at.toISOString().slice(0, 16).replace("T", " ")} UTC${ip ? ` from the address ${ip}` : ""}.`,
    "If that was you, there is nothing to do. If not, tell an admin now.",
  ].join("\n\n"),
});
