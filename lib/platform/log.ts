import pino from "pino";

/** One JSON line per event on standard output. Never log headers or bodies: they contain secrets. */
export const log = pino({
  level: process.env["LOG_LEVEL"] || "info",
  base: { service: "runflow-console" },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
});
