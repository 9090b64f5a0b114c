import type { Task } from "graphile-worker";
import { createTransport } from "nodemailer";
import { z } from "zod";
import type { WorkerEnv } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log";
import { openText } from "@/lib/platform/seal-text";
import { type Mail, purposeOf } from "./queue-mail";

const Payload = z.object({ id: z.uuid(), sealed: z.base64() });

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** Only a server on this machine may receive email unencrypted. */
const isLoopback = (url: string): boolean =>
  ["127.0.0.1", "[::1]", "localhost"].includes(new URL(url).hostname);

type Settings = Pick<WorkerEnv, "SMTP_URL" | "MAIL_FROM" | "ENCRYPTION_KEYS">;

/** The task `send_mail`. A server that refuses the recipient for good isn't asked again. */
export function createMailTask({ SMTP_URL: url, MAIL_FROM: from, ENCRYPTION_KEYS: keys }: Settings): Task {
  const transport = url && createTransport({ url, requireTLS: !isLoopback(url), ...TIMEOUTS });
  return async (payload) => {
    const { id, sealed } = Payload.parse(payload);
    if (!transport || !from) throw new Error("SMTP_URL and MAIL_FROM are not set for the worker");
    const opened = openText(Buffer.from(sealed, "base64"), purposeOf(id), keys);
    if (opened === undefined) throw new Error("the email can't be opened with any of the ENCRYPTION_KEYS");
    const { to, subject, text } = JSON.parse(opened) as Mail;
    try {
      await transport.sendMail({ messageId: `<${id}@console>`, from, to, subject, text });
    } catch (error) {
      if (!isRecipientRefused(error)) throw error;
      log.warn({ mail_id: id, code: error.responseCode }, "the mail server refused the recipient");
    }
  };
}

const isRecipientRefused = (error: unknown): error is Error & { responseCode: number } =>
  error instanceof Error &&
  "command" in error &&
  error.command === "RCPT TO" &&
  "responseCode" in error &&
  Number(error.responseCode) >= 500;
