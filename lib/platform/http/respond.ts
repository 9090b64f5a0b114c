import { CONSOLE_BUILD_HEADER, CONSOLE_BUILD_VARIABLE } from "@/lib/contract/console-build";
import { ERRORS, type ErrorEnvelope } from "@/lib/contract/errors";
import { databaseRefusal } from "@/lib/platform/db/database-refusal";
import { findDatabaseFault } from "@/lib/platform/db/is-unavailable";
import { Refusal } from "@/lib/platform/errors";
import { stringifyJson } from "@/lib/platform/json/json";

/** A handler's result; `body` is parsed with the operation's schema before it is sent. */
export type Reply = { status: number; body: unknown; headers?: Record<string, string> };

/** Replaces the parsed body if the operation declares a stream. */
export type ByteStream = ReadableStream<Uint8Array<ArrayBufferLike>>;

/** A serialized response; also stored for idempotent retries. */
export type Answer = { status: number; text: string; headers: Record<string, string>; stream?: ByteStream };

/** Turns a refusal into the error envelope; any other error becomes a 500 whose details stay in the log. */
export function answerError(error: unknown): Answer {
  const refusal = toRefusal(error);
  const { status, message } = ERRORS[refusal.code];
  const envelope: ErrorEnvelope = {
    code: refusal.code,
    message: refusal.options.message ?? message,
    errors: refusal.options.errors ?? null,
  };
  return { status, text: stringifyJson(envelope), headers: refusal.options.headers ?? {} };
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const fault = findDatabaseFault(error);
  return fault ? databaseRefusal(fault) : new Refusal("INTERNAL_ERROR");
}

const consoleBuild = (): Record<string, string> => {
  const build = process.env[CONSOLE_BUILD_VARIABLE];
  return build ? { [CONSOLE_BUILD_HEADER]: build } : {};
};

export function toResponse(answer: Answer, requestId: string, isHead: boolean): Response {
  if (isHead) void answer.stream?.cancel();
  return new Response(isHead ? null : (answer.stream ?? answer.text), {
    status: answer.status,
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "Runflow-Request-Id": requestId,
      ...consoleBuild(),
      ...answer.headers,
    },
  });
}
