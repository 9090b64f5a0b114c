/** How long a browser waits before it opens a stream anew; spread, so that a restart doesn't bring all at once. */
const retryMs = (): number => Math.round(1_000 + Math.random() * 2_000);

/** `id`: where a client goes on that comes back with it as `Last-Event-ID`. */
export type ServerEvent = { event: string; data: unknown; id?: number };

const write = ({ event, data, id }: ServerEvent): string =>
  `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

type Source = {
  /** What there is to say, and nothing for nothing yet; called only when the client can take it. */
  take(): ServerEvent[];
  /** Where a client stands that has taken everything, for streams that one can go on with. */
  place?(): number;
  /** Called at each heartbeat; what fails ends the stream. */
  check(): Promise<void>;
  heartbeatMs: number;
  /** The client is gone, or the stream was ended. Called once. */
  onEnd(): void;
};

export type EventStream = {
  body: ReadableStream<Uint8Array>;
  /** There may be something to take. */
  wake(): void;
  end(): void;
};

/**
 * Server-sent events. Nothing is queued here: while a client is slow, what there is to say stays with the source, which
 * keeps it small. A client that hasn't taken one heartbeat when the next is due is gone.
 */
export function openEventStream({ take, place, check, heartbeatMs, onEnd }: Source): EventStream {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array>;
  // An event rather than a comment: a browser that hears none for long knows that its connection is dead.
  const heartbeat = () =>
    write({ event: "beat", data: { next_ms: heartbeatMs }, ...(place && { id: place() }) });
  let unsent = `retry: ${retryMs()}\n\n${heartbeat()}`;
  let isOpen = true;

  const send = () => {
    if (!isOpen || (controller.desiredSize ?? 0) <= 0) return;
    const text = unsent + take().map(write).join("");
    unsent = "";
    if (text) controller.enqueue(encoder.encode(text));
  };
  const finish = () => {
    if (!isOpen) return;
    isOpen = false;
    clearInterval(beats);
    onEnd();
  };
  const end = () => {
    if (isOpen) controller.close();
    finish();
  };
  const beat = () => {
    if (unsent) {
      controller.error(new Error("the client takes nothing any more"));
      return finish();
    }
    unsent = heartbeat();
    send();
    check().catch(end);
  };
  const beats = setInterval(beat, heartbeatMs);
  const body = new ReadableStream<Uint8Array>({
    start: (given) => void (controller = given),
    pull: send,
    cancel: finish,
  });
  return { body, wake: send, end };
}
