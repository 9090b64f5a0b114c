import { type IdGenerator, RandomIdGenerator } from "@opentelemetry/sdk-trace";

type Ids = { traceId: string; spanId: string };

/**
 * A request's trace id is the UUID of its request id, and its span id the UUID's random half. Audit entries
 * and jobs keep the request id, so they carry the trace too, without another column.
 */
export function readIds(requestId: string): Ids | undefined {
  const traceId = /^req_([0-9a-f]{32})$/.exec(requestId)?.[1];
  return traceId === undefined ? undefined : { traceId, spanId: traceId.slice(16) };
}

/** Random ids, except for the first span of a request. */
export class RequestIds implements IdGenerator {
  readonly #random = new RandomIdGenerator();
  #next: Ids | undefined;

  generateTraceId = (): string => this.#next?.traceId ?? this.#random.generateTraceId();
  generateSpanId = (): string => this.#next?.spanId ?? this.#random.generateSpanId();

  /** @param start must start the request's span, and nothing else */
  useFor<T>(requestId: string | undefined, start: () => T): T {
    this.#next = requestId === undefined ? undefined : readIds(requestId);
    try {
      return start();
    } finally {
      this.#next = undefined;
    }
  }
}
