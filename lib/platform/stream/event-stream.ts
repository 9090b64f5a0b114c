/**
 * How long a browser waits before it reconnects; spread out, so that a restart doesn't bring all back at
 * once.
 */
const retryMs = (): number => Math.round(1_000 + Math.random() * 2_000);

/** `id`: a client that returns this as `Last-Event-ID` continues after it. */
export type ServerEvent = { event: string; data: unknown; id?: number };

const write = ({ event, data, id }: ServerEvent): string =>
  `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

type Source = {
  /** Takes the pending events, if any; called only when the client can accept them. */
  take(): ServerEvent[];
  /** The current position, for streams that a client can resume. */
  place?(): number;
  /** Called at each heartbeat; an error ends the stream. */
  check(): Promise<void>;
  heartbeatMs: number;
  /** Called once, when the client has gone or the stream was ended. */
  onEnd(): void;
};

export type EventStream = {
  body: ReadableStream<Uint8Array>;
  /** Signals that events may be pending. */
  wake(): void;
  end(): void;
};

/**
 * Server-sent events with backpressure: queues nothing here. While a client is slow, events stay with the
 * source, which keeps them small. A client that hasn't read one heartbeat when the next is due counts as
 * gone.
 */
export function openEventStream({ take, place, check, heartbeatMs, onEnd }: Source): EventStream {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array>;
  // An event rather than a comment, so that a browser can detect a dead connection by its absence.
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
      controller.error(new Error("the client has stopped reading"));
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
