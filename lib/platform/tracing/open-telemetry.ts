import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout } from "node:timers/promises";
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { buildInfo } from "@/lib/platform/build-info";
import { RequestIds, readIds } from "./request-ids";
import type { Attributes, SpanDraft, Tracing } from "./tracing";

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER };
/** A crash loses the spans since then. */
const SEND_AFTER_MS = 1_000;
/** The most that sending the last spans may delay the end of the process. */
const FAREWELL_MS = 2_000;

/**
 * Traces sent as OTLP/HTTP in JSON. Deliberately not OpenTelemetry's global provider: Next would find it and
 * add spans with whole URLs, which contain customers' references.
 * @param share of the traces to keep, 0 to 1
 */
export function openTelemetry(service: string, share: number): Tracing {
  const { version, revision } = buildInfo();
  const ids = new RequestIds();
  const root = new TraceIdRatioBasedSampler(share);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      "service.name": service,
      "service.version": version,
      ...(revision && { "vcs.ref.head.revision": revision }),
    }),
    sampler: new ParentBasedSampler({ root }),
    idGenerator: ids,
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), scheduledDelayMillis: SEND_AFTER_MS }),
    ],
  });
  const tracer = provider.getTracer("runflow-console");
  const current = new AsyncLocalStorage<Span>();

  /** Where a request's spans are, in any process that knows its id. */
  function contextOf(requestId: string): Context | undefined {
    const found = readIds(requestId);
    if (!found) return undefined;
    const { decision } = root.shouldSample(ROOT_CONTEXT, found.traceId);
    const traceFlags = decision === SamplingDecision.NOT_RECORD ? TraceFlags.NONE : TraceFlags.SAMPLED;
    return trace.setSpanContext(ROOT_CONTEXT, { ...found, traceFlags, isRemote: true });
  }

  function start({ name, kind, attributes = {}, requestId, headers }: SpanDraft): Span {
    const parent = current.getStore();
    const options = { kind: kind ? KINDS[kind] : SpanKind.INTERNAL, attributes };
    if (parent) return tracer.startSpan(name, options, trace.setSpan(ROOT_CONTEXT, parent));
    return ids.useFor(requestId, () =>
      tracer.startSpan(name, options, headers ? extract(headers) : ROOT_CONTEXT),
    );
  }

  return {
    async span(draft, work) {
      const span = start(draft);
      try {
        return await current.run(span, work);
      } catch (error) {
        fail(span, error);
        throw error;
      } finally {
        span.end();
      }
    },
    note(attributes: Attributes) {
      const span = current.getStore();
      span?.setAttributes(attributes);
      if ("error.type" in attributes) span?.setStatus({ code: SpanStatusCode.ERROR });
    },
    startStatement(sql) {
      const parent = current.getStore();
      if (!parent?.isRecording()) return undefined;
      const operation = /\w+/.exec(sql)?.[0].toUpperCase() ?? "SQL";
      const attributes = {
        "db.system.name": "postgresql",
        "db.operation.name": operation,
        "db.query.text": sql,
      };
      const options = { kind: SpanKind.CLIENT, attributes };
      const span = tracer.startSpan(operation, options, trace.setSpan(ROOT_CONTEXT, parent));
      return (error) => {
        if (error) fail(span, error);
        span.end();
      };
    },
    traceparent() {
      const span = current.getStore();
      const headers = new Headers();
      if (span) propagator.inject(trace.setSpan(ROOT_CONTEXT, span), headers, SETTER);
      return headers.get("traceparent") ?? undefined;
    },
    record({ name, attributes, requestId, startedAt }) {
      const context = contextOf(requestId);
      if (!context) return;
      const options = {
        kind: SpanKind.CONSUMER,
        startTime: startedAt,
        attributes: { ...attributes, "runflow.request_id": requestId },
      };
      tracer.startSpan(name, options, context).end();
    },
    stop: () => Promise.race([provider.shutdown().catch(() => {}), setTimeout(FAREWELL_MS)]),
  };
}

/** By the error's class or code. Its message may quote values. */
function fail(span: Span, error: unknown): void {
  const { code, name } = error as { code?: unknown; name?: unknown };
  span.setAttribute("error.type", typeof code === "string" ? code : String(name));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

const propagator = new W3CTraceContextPropagator();
const SETTER = { set: (to: Headers, name: string, value: string) => to.set(name, value) };
const extract = (headers: Headers): Context =>
  propagator.extract(ROOT_CONTEXT, headers, {
    get: (from: Headers, name) => from.get(name) ?? undefined,
    keys: (from: Headers) => [...from.keys()],
  });
