import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { sealText } from "@/lib/platform/seal-text";
import { tracing } from "@/lib/platform/tracing/tracing";

/** A plain-text email to one person. */
export type Mail = { to: string; subject: string; text: string };

/** Retries over about 20 hours, less than a password link lives. */
const MAX_ATTEMPTS = 12;

/** Whether the deployment sends email; otherwise links are shown to the person who makes them. */
export const isMailOn = (): boolean => env().SMTP_URL !== undefined;

const webMailKeys = (): readonly string[] => env().ENCRYPTION_KEYS;

export const purposeOf = (id: string): string => `mail/${id}`;

/**
 * Queues an email in the transaction; the worker sends it after the commit, at least once, with a stable
 * Message-ID. Encrypted in the queue, because a link in it sets a password.
 * @param keys that encrypt it, the newest first; the web server's by default
 */
export async function queueMail(tx: Db, mail: Mail, keys = webMailKeys()): Promise<void> {
  const id = randomUUID();
  const sealed = sealText(JSON.stringify(mail), purposeOf(id), keys);
  await tx.$queryRaw`
    SELECT graphile_worker.add_job('send_mail',
      json_build_object('id', ${id}::text, 'sealed', ${Buffer.from(sealed).toString("base64")}::text,
        'traceparent', ${tracing()?.traceparent() ?? null}::text),
      max_attempts => ${MAX_ATTEMPTS}::int)::text`;
}
