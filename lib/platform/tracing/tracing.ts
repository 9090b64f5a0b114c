/**
 * Facts about a span. Traces leave the system: no reasons, names, emails, secrets or parameter values, and no
 * error messages, which quote them.
 */
export type Attributes = Record<string, string | number>;

export type SpanDraft = {
  name: string;
  kind?: "server" | "client" | "consumer";
  attributes?: Attributes;
  /** Of a request: its trace and span get their ids from it, so that any process can continue the trace. */
  requestId?: string;
  /** Their W3C `traceparent`, if any, names the trace to continue: a client's, or a job's payload's. */
  headers?: Headers;
};

export type Tracing = {
  /** Runs the work in a span, below the current one. */
  span<T>(draft: SpanDraft, work: () => Promise<T>): Promise<T>;
  /** Adds facts to the current span; `error.type` marks it as failed. */
  note(attributes: Attributes): void;
  /** Starts a span for a statement below the current one. @returns its end, or undefined outside of any */
  startStatement(sql: string): ((error?: unknown) => void) | undefined;
  /** The current span as a W3C `traceparent`, for a job that continues its trace. */
  traceparent(): string | undefined;
  /** Records work that was done for a request, in the request's trace. */
  record(draft: { name: string; attributes: Attributes; requestId: string; startedAt: Date }): void;
  /** Sends the last spans. */
  stop(): Promise<void>;
};

/** On globalThis, because scripts and the routes of the build have their own copies of this module. */
const shared = globalThis as { runflowTracing?: Tracing };

/** Undefined while tracing is off. */
export const tracing = (): Tracing | undefined => shared.runflowTracing;

export const setTracing = (chosen: Tracing | undefined): void => void (shared.runflowTracing = chosen);

export function inSpan<T>(draft: SpanDraft, work: () => Promise<T>): Promise<T> {
  const { runflowTracing } = shared;
  return runflowTracing ? runflowTracing.span(draft, work) : work();
}
