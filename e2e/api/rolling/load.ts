import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { callHttp } from "@/test/call-http";
import { openStream } from "@/test/event-stream";

type Headers = Record<string, string>;

type Load = {
  baseUrl: string;
  /** Of an inference key, which creates runs. */
  customer: Headers;
  /** Of an admin's key, which cancels them and reads the trail. */
  admin: Headers;
  model: string;
  callbackUrl: string;
};

export type Tally = {
  /** Ids of runs whose creation and cancellation were confirmed. */
  created: string[];
  canceled: string[];
  /** Positions that the audit stream has sent. */
  positions: number[];
  /** Every request that failed, and how. */
  failures: string[];
  stop(): Promise<void>;
};

const CONNECTIONS = 16;
/**
 * The least pause between two runs of a connection. A slow machine gets longer ones: overload isn't the
 * subject.
 */
const PAUSE_MS = 200;

/** Creates, reads and cancels runs over 16 connections and follows the audit stream, without any retry. */
export function startLoad(load: Load): Tally {
  let isOver = false;
  const tally = {
    created: [] as string[],
    canceled: [] as string[],
    positions: [] as number[],
    failures: [] as string[],
  };
  const ask = async (status: number, method: string, path: string, headers: Headers, body?: object) => {
    const json = body && { "Content-Type": "application/json" };
    const reply = await callHttp(load.baseUrl, method, path, {
      headers: { ...headers, ...json },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((error: Error) => ({ status: 0, text: error.message }));
    if (reply.status === status) return JSON.parse(reply.text) as { id: string };
    tally.failures.push(`${method} ${path}: ${reply.status} ${reply.text.slice(0, 200)}`);
    return undefined;
  };
  const client = async () => {
    let startedAt = performance.now();
    for (; !isOver; await setTimeout(Math.max(PAUSE_MS, performance.now() - startedAt))) {
      startedAt = performance.now();
      const body = { input: {}, client_ref: randomUUID(), callback_url: load.callbackUrl };
      const run = await ask(201, "POST", `/v1/models/${load.model}/runs`, load.customer, body);
      if (!run) continue;
      tally.created.push(run.id);
      await ask(200, "GET", `/v1/runs/${run.id}`, load.customer);
      const path = `/v1/admin/runs/${run.id}/cancellation`;
      if (await ask(201, "POST", path, load.admin, { reason: "Ticket #4821" })) tally.canceled.push(run.id);
    }
  };
  const clients = Array.from({ length: CONNECTIONS }, client);
  const follower = follow(load, tally);
  const stop = async () => {
    isOver = true;
    await Promise.all(clients);
    await follower.stop();
  };
  return Object.assign(tally, { stop });
}

const ENTRY = /^id: (\d+)\nevent: (\w+)\ndata: .*\n\n/gm;

/** A well-behaved tailer: continues after its last position whenever the stream ends. */
function follow({ baseUrl, admin }: Load, tally: Omit<Tally, "stop">) {
  let isOver = false;
  let leave = () => {};
  const connect = async (last: string | undefined): Promise<void> => {
    const headers = { ...admin, ...(last && { "Last-Event-ID": last }) };
    const stream = await openStream(`${baseUrl}/v1/admin/audit-log/stream`, headers);
    leave = stream.leave;
    await stream.ended;
    if (stream.status !== 200) return void tally.failures.push(`stream: ${stream.status} ${stream.text()}`);
    if (!isOver && !stream.isComplete()) tally.failures.push("stream: cut");
    const events = [...stream.text().matchAll(ENTRY)];
    tally.positions.push(...events.filter(([, , event]) => event === "entry").map(([, id]) => Number(id)));
    if (!isOver) return connect(events.at(-1)?.[1] ?? last);
  };
  const done = connect(undefined).catch(
    (error: Error) => void tally.failures.push(`stream: ${error.message}`),
  );
  return {
    stop: () => {
      isOver = true;
      leave();
      return done;
    },
  };
}
