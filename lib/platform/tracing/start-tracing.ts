import { setTracing } from "./tracing";

type Settings = {
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  OTEL_TRACES_SAMPLER_ARG: number;
};

/** Loads OpenTelemetry only if an endpoint is set: otherwise tracing costs nothing. */
export async function startTracing(service: string, settings: Settings): Promise<void> {
  if (!settings.OTEL_EXPORTER_OTLP_ENDPOINT) return;
  const { openTelemetry } = await import("./open-telemetry");
  setTracing(openTelemetry(service, settings.OTEL_TRACES_SAMPLER_ARG));
}
