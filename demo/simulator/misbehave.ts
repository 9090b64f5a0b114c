import type { ServerResponse } from "node:http";
import type { Misbehaviour } from "@/demo/seed/customers";

/** Longer than any caller waits. */
export const SLOW_MS = 13_000;

/** The cloud metadata address: where a redirect would lead a sender that follows it. */
const PRIVATE_ADDRESS = "http://169.254.169.254/latest/meta-data/";

type Answer = (response: ServerResponse, slowMs: number) => void;

/** The response instead of the right one. */
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

/** A slow endpoint has processed the message when it responds; the others lose it. */
export const isWorkDone = (how: Misbehaviour): boolean => how === "slow";

export const misbehave = (how: Misbehaviour, response: ServerResponse, slowMs: number): void =>
  ANSWERS[how](response, slowMs);
