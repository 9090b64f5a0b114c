// The demo loads this with `--import` into the processes it starts. They have their own sessions, so that the
// demo orders their shutdown on Ctrl-C; if the demo is killed, the closed IPC channel ends them.
const LAST_MOMENT_MS = 15_000;

process.once("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), LAST_MOMENT_MS).unref();
});
