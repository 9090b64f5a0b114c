// Loaded with `--import` into the processes that the demo starts. Each leads a session of its own, so that Ctrl-C
// reaches them in the demo's order; should the demo itself be killed, the closed channel tells them to end.
const LAST_MOMENT_MS = 15_000;

process.once("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), LAST_MOMENT_MS).unref();
});
