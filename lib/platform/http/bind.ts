import type { z } from "zod";
import type { Operation } from "@/lib/contract/operation";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import type { Reply } from "./respond";

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
export type Params = Record<string, string | string[]>;

/** The request as it came: the body's bytes for signatures, the method where HEAD differs from GET. */
export type RawRequest = { method: string; bytes: Uint8Array; headers: Headers };

/** What a handler gets: everything about the request is checked and parsed by then. */
export type Input<O extends Operation> = {
  db: Db;
  caller: O["access"] extends { by: "credential" } ? Caller : undefined;
  context: RequestContext;
  params: Params;
  query: Parsed<O["query"]>;
  body: Parsed<O["body"]>;
  raw: RawRequest;
  /** The caller as they are by now, for what outlives its request. @throws Refusal when they may not call any more */
  readCallerAgain(): Promise<Caller>;
};

type Handler<O extends Operation> = (input: Input<O>) => Promise<Reply> | Reply;

export type BoundOperation = {
  operation: Operation;
  handle: (input: never) => Promise<Reply> | Reply;
  verify?: (raw: RawRequest) => void;
};

/**
 * Ties an operation to the verb behind it.
 * @param verify checks a request that carries no credential of ours, such as the provider's signature
 */
export function bind<O extends Operation>(
  operation: O,
  handle: Handler<O>,
  verify?: BoundOperation["verify"],
): BoundOperation {
  return { operation, handle, ...(verify && { verify }) };
}
