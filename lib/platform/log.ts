import pino from "pino";

/** One JSON line per event on standard output. Nothing here ever receives a header or a body, so no secret can leak. */
export const log = pino({
  level: process.env["LOG_LEVEL"] || "info",
  base: { service: "runflow-console" },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
});
