import { tracing } from "./tracing";

type Callback = (error: unknown, result: unknown) => void;

/**
 * Runs one call of pg's `query` in a span with the statement's text, never its values. Calls outside of a
 * traced request or job, such as a poll of the queue, have none.
 */
export function traceQuery(args: unknown[], run: (args: unknown[]) => unknown): unknown {
  const end = tracing()?.startStatement(readText(args[0]));
  if (!end) return run(args);
  const callback = args.at(-1);
  if (typeof callback === "function") {
    const withEnd: Callback = (error, result) => {
      end(error ?? undefined);
      (callback as Callback)(error, result);
    };
    return run([...args.slice(0, -1), withEnd]);
  }
  const result = run(args);
  // A COPY's stream has no end that we see.
  if (result instanceof Promise)
    result.then(
      () => end(),
      (error: unknown) => end(error),
    );
  else end();
  return result;
}

const readText = (query: unknown): string =>
  typeof query === "string" ? query : String((query as { text?: unknown }).text ?? "");
