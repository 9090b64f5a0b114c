import type { Dispatcher } from "undici";
import { readTrail } from "@/lib/audit/trail/read-trail";
import type { Db } from "@/lib/platform/db/client";
import { post } from "@/lib/platform/outbound/post";
import { REQUEST_ID_HEADER, SIGNATURE_HEADER } from "@/lib/platform/outbound/send-delivery";
import { signBody } from "@/lib/platform/outbound/sign-body";

/** Entries per POST: about 500 kB. */
const BATCH = 500;
const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 4 * 1024;

export type ForwardTarget = { url: string; secret: string; agent: Dispatcher };

/** A step's result: how many positions were read, or how many times in a row it has failed. */
export type Forwarded = { taken: number; failures: number };

/**
 * Sends the entries after the endpoint's position, by position, as JSON lines signed like callbacks. Only a
 * 2xx response advances the position; an unconfirmed batch is resent under the same `Runflow-Request-Id`,
 * which names its positions.
 */
export async function forwardEntries(
  db: Db,
  { url, secret, agent }: ForwardTarget,
  batch = BATCH,
): Promise<Forwarded> {
  const target = nameTarget(url);
  // Raw SQL, because the worker may insert only the target, and Prisma would also insert constant defaults.
  await db.$executeRaw`INSERT INTO audit_forwarding (target) VALUES (${target}) ON CONFLICT DO NOTHING`;
  const standing = await db.auditForwarding.findUniqueOrThrow({ where: { target } });
  const from = Number(standing.position);
  const { events, upTo } = await readTrail(db, { all: true }, from, batch);
  if (events.length === 0) return { taken: 0, failures: 0 };
  const body = events.map(({ event, data }) => `${JSON.stringify({ event, data })}\n`).join("");
  const error = await send({ url, secret, agent }, body, `audit_${from + 1}_${upTo}`);
  const failures = error === undefined ? 0 : standing.failures + 1;
  const position = error === undefined ? upTo : from;
  await db.auditForwarding.updateMany({
    where: { target, position: from },
    data: { position, failures, lastError: error ?? null, changedAt: new Date() },
  });
  return { taken: error === undefined ? upTo - from : 0, failures };
}

/**
 * Identifies an endpoint without the rest of its URL, which may contain a secret. A new secret doesn't make
 * it another endpoint.
 */
export const nameTarget = (url: string): string =>
  url.replace(/^([^:]+:\/\/)(?:[^/?#]*@)?([^?#]*).*$/, "$1$2");

/** @returns our own error message, with nothing from the endpoint's response; undefined on success */
async function send({ url, secret, agent }: ForwardTarget, body: string, id: string) {
  const headers = {
    "Content-Type": "application/x-ndjson; charset=utf-8",
    "User-Agent": "Runflow-Audit/1.0",
    [REQUEST_ID_HEADER]: id,
    [SIGNATURE_HEADER]: signBody(secret, body),
  };
  try {
    const { status } = await post(url, {
      agent,
      headers,
      body,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_ANSWER_BYTES,
    });
    return status >= 200 && status < 300 ? undefined : `answered ${status}`;
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    return code ?? name;
  }
}
