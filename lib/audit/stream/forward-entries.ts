import type { Dispatcher } from "undici";
import { readTrail } from "@/lib/audit/trail/read-trail";
import type { Db } from "@/lib/platform/db/client";
import { post } from "@/lib/platform/outbound/post";
import { REQUEST_ID_HEADER, SIGNATURE_HEADER } from "@/lib/platform/outbound/send-delivery";
import { signBody } from "@/lib/platform/outbound/sign-body";

/** Entries in one POST: some 500 kB. */
const BATCH = 500;
const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 4 * 1024;

export type ForwardTarget = { url: string; secret: string; agent: Dispatcher };

/** What a step came to: how many positions were taken, or how often it has failed in a row by now. */
export type Forwarded = { taken: number; failures: number };

/**
 * Sends the entries after those that the endpoint has taken, in the order of their positions, as lines of JSON with a
 * signature as callbacks have it. Only an answer of 2xx moves on: what is not known to be taken is sent again, under
 * the same `Runflow-Request-Id`, which names the positions.
 */
export async function forwardEntries(
  db: Db,
  { url, secret, agent }: ForwardTarget,
  batch = BATCH,
): Promise<Forwarded> {
  const target = nameTarget(url);
  // Raw: the worker may give the target alone, and Prisma writes constant defaults itself.
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
 * An endpoint is called by its place. Whatever else is in its address may be a secret, and is no other endpoint once it is
 * changed.
 */
export const nameTarget = (url: string): string =>
  url.replace(/^([^:]+:\/\/)(?:[^/?#]*@)?([^?#]*).*$/, "$1$2");

/** @returns what went wrong, in words without anything of the endpoint's answer, or undefined */
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
