import type { ServerResponse } from "node:http";
import type { Misbehaviour } from "@/demo/seed/customers";

/** Longer than anyone who calls is willing to wait. */
export const SLOW_MS = 13_000;

/** A machine's own cloud metadata: where a redirect would lead a sender who follows it. */
const PRIVATE_ADDRESS = "http://169.254.169.254/latest/meta-data/";

type Answer = (response: ServerResponse, slowMs: number) => void;

/** The answer in place of the right one. */
const ANSWERS: Record<Misbehaviour, Answer> = {
  slow: (response, slowMs) => {
    const timer = setTimeout(() => response.writeHead(204).end(), slowMs);
    response.once("close", () => clearTimeout(timer));
  },
  server_error: (response) =>
    void response.writeHead(500, { "Content-Type": "application/json" }).end('{"error":"internal error"}'),
  reset: (response) => void response.socket?.resetAndDestroy(),
  redirect: (response) => void response.writeHead(302, { Location: PRIVATE_ADDRESS }).end(),
};

/** A slow endpoint has done its work when it answers at last; from the others, the message is lost. */
export const isWorkDone = (how: Misbehaviour): boolean => how === "slow";

export const misbehave = (how: Misbehaviour, response: ServerResponse, slowMs: number): void =>
  ANSWERS[how](response, slowMs);
