import pino from "pino";

/** One JSON line per event on standard output. It never receives headers or bodies, so no secret can leak. */
export const log = pino({
  level: process.env["LOG_LEVEL"] || "info",
  base: { service: "runflow-console" },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
});
