import type { Task } from "graphile-worker";
import { z } from "zod";
import { log } from "@/lib/platform/log";
import { createGuardedAgent, type Resolve } from "@/lib/platform/outbound/guarded-agent";
import { type Outcome, sendDelivery, TIMEOUT_MS } from "@/lib/platform/outbound/send-delivery";
import type { TargetRules } from "@/lib/platform/outbound/target-url";
import { recordAttempt } from "./record-attempt";
import { SecretCache } from "./secret-cache";
import { type StartedAttempt, startAttempt } from "./start-attempt";
import { traceAttempt } from "./trace-attempt";

type Options = {
  encryptionKeys: readonly string[];
  rules: TargetRules;
  timeoutMs?: number;
  /** Replaces the system's resolver. */
  resolve?: Resolve;
};

const Payload = z.object({ id: z.uuid(), attempt: z.int().positive() });

/** The task `attempt_delivery`: reads a delivery, sends it, and records the outcome. */
export function createAttemptTask({ encryptionKeys, rules, timeoutMs = TIMEOUT_MS, resolve }: Options): {
  task: Task;
  close(): Promise<void>;
} {
  const { allowPrivate } = rules;
  const agent = createGuardedAgent({ allowPrivate, timeoutMs, ...(resolve && { resolve }) });
  const secrets = new SecretCache(encryptionKeys);
  const send = (attempt: StartedAttempt): Promise<Outcome> | Outcome => {
    const { id, url, body } = attempt;
    let secret: string | null;
    try {
      secret = secrets.open(attempt);
    } catch (error) {
      log.error({ err: error, delivery_id: id }, "a delivery could not be signed");
      return { isDelivered: false, isFinal: false, status: null, error: "not_signed", responseBody: null };
    }
    return sendDelivery({ id, url, body, secret }, { agent, rules, timeoutMs });
  };
  const task: Task = async (payload, { withPgClient }) => {
    const key = Payload.parse(payload);
    const started = await withPgClient((client) => startAttempt(client, key));
    if (!started) return;
    const startedAt = new Date();
    const start = performance.now();
    const outcome = await send(started);
    const durationMs = Math.round(performance.now() - start);
    const attempt = { startedAt, durationMs, secretId: started.secret_id, outcome };
    await withPgClient(async (client) => {
      await recordAttempt(client, key, attempt);
      await traceAttempt(client, key, { startedAt, status: outcome.status });
    });
  };
  return { task, close: () => agent.destroy() };
}
