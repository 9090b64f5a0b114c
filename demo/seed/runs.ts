import { stringifyJson } from "@/lib/platform/json/json";
import type { RunStatus } from "@/lib/states/run";
import type { Cell } from "./copy-rows";
import { makeCourse } from "./course";
import type { SeededKey } from "./keys";
import type { DemoModel } from "./models";
import type { SeededOrganization } from "./people";
import type { Random } from "./random";
import { makeCost, makeEnd, makeFailure, makeInput, makeOutput } from "./work";

export type SeededModel = DemoModel & { id: string };

/** A run's owner and model; the runs of a batch share it. */
export type Origin = {
  organization: SeededOrganization;
  key: SeededKey;
  model: SeededModel;
  batchId: string | null;
};

export const RUN_COLUMNS = [
  "id",
  "org_id",
  "model_id",
  "model",
  "source_code",
  "status_code",
  "input",
  "output",
  "cost",
  "cost_breakdown",
  "duration_ms",
  "batch_id",
  "client_ref",
  "request_id",
  "created_by",
  "api_key_id",
  "created_ip",
  "callback_url",
  "metadata",
  "has_logs",
  "failure_code",
  "failure_message",
  "failure_stage_code",
  "created_at",
  "started_at",
  "completed_at",
] as const;
export type RunColumn = (typeof RUN_COLUMNS)[number];
export type SeededRun = Record<RunColumn, Cell> & { id: string; status_code: RunStatus; created_at: Date };

/**
 * A run created at some time, in the state that it would have reached by `now`.
 * @param stuckAt the state that it never leaves
 */
export function makeRun(
  origin: Origin,
  createdMs: number,
  now: number,
  random: Random,
  stuckAt?: RunStatus,
): SeededRun {
  const { model } = origin;
  const course = makeCourse(model, random);
  const input = makeInput(model, random);
  const isRunning = createdMs + course.startedMs <= now;
  const isOver = stuckAt === undefined && createdMs + course.endedMs <= now;
  const end = makeEnd(random);
  const reached = isRunning ? "running" : createdMs + course.dispatchedMs <= now ? "dispatching" : "queued";
  const status: RunStatus = isOver ? end : (stuckAt ?? reached);
  const isStarted = isOver || status === "running";
  return {
    ...describeOrigin(origin, createdMs, random),
    ...makeResult(model, input, isOver ? end : undefined, random),
    input: stringifyJson(input),
    status_code: status,
    started_at: isStarted ? new Date(Math.min(createdMs + course.startedMs, now)) : null,
    completed_at: isOver ? new Date(createdMs + course.endedMs) : null,
    duration_ms: isOver ? course.endedMs : null,
    created_at: new Date(createdMs),
  };
}

const LOCALES = ["de-DE", "en-GB", "en-US", "fr-FR", "pt-BR"];
const CAMPAIGNS = ["autumn-drop", "black-friday", "evergreen", "relaunch", "marketplace-sync"];

function describeOrigin({ organization, key, model, batchId }: Origin, createdMs: number, random: Random) {
  const source = random.weighted([
    { weight: 88, code: "api" },
    { weight: 8, code: "playground" },
    { weight: 4, code: "dashboard" },
  ]).code;
  const isApi = source === "api";
  const member = isApi ? key.ownerId : random.pick(organization.members).id;
  const id = random.uuid(createdMs);
  return {
    id,
    org_id: organization.id,
    model_id: model.id,
    model: model.slug,
    source_code: source,
    batch_id: batchId,
    client_ref:
      isApi && random.chance(0.72) ? `${organization.refPrefix}${random.int(10_000, 99_999)}` : null,
    request_id: `req_${random.uuid(createdMs).replaceAll("-", "")}`,
    created_by: member,
    api_key_id: isApi ? key.id : null,
    created_ip: addressOf(organization, id),
    callback_url: isApi && random.chance(0.6) ? organization.callbackUrl : null,
    metadata: isApi && random.chance(0.65) ? stringifyJson(makeMetadata(random)) : null,
  };
}

/** One of the customer's servers, chosen by the run's last digits. */
const addressOf = ({ addresses }: SeededOrganization, id: string): string =>
  addresses[Number.parseInt(id.slice(-4), 16) % addresses.length]!;

const makeMetadata = (random: Random): Record<string, unknown> => ({
  campaign: random.pick(CAMPAIGNS),
  locale: random.pick(LOCALES),
  ...(random.chance(0.4) && { item: random.int(100_000, 999_999) }),
  ...(random.chance(0.15) && { reviewer: { team: "studio", priority: random.int(1, 3) } }),
});

/** @param end undefined for a run that has not ended */
function makeResult(
  model: DemoModel,
  input: Record<string, unknown>,
  end: RunStatus | undefined,
  random: Random,
) {
  const isSuccess = end === "succeeded" || end === "partial_succeeded";
  const failure =
    end === "failed" || end === "partial_succeeded" ? makeFailure(end !== "failed", random) : null;
  const cost = isSuccess ? makeCost(model, random) : null;
  return {
    output: isSuccess ? stringifyJson(makeOutput(model, input, end === "succeeded" ? 1 : 0.5, random)) : null,
    cost,
    cost_breakdown:
      cost &&
      stringifyJson({ unit: model.kind.endsWith("video") ? "video" : "image", quantity: 1, amount: cost }),
    has_logs: end === "failed",
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    failure_stage_code: failure?.stage ?? null,
  };
}
