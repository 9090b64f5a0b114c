import type { z } from "zod";
import type { Operation } from "@/lib/contract/operation";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import type { Reply } from "./respond";

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
export type Params = Record<string, string | string[]>;

/** The raw request: what signatures cover, and the method, because HEAD differs from GET. */
export type RawRequest = { method: string; path: string; bytes: Uint8Array; headers: Headers };

/** The checked and parsed request. */
export type Input<O extends Operation> = {
  db: Db;
  caller: O["access"] extends { by: "credential" } ? Caller : undefined;
  context: RequestContext;
  params: Params;
  query: Parsed<O["query"]>;
  body: Parsed<O["body"]>;
  raw: RawRequest;
  /**
   * Reads the current state of the caller, for responses that outlive the request.
   * @throws Refusal when it may no longer call
   */
  readCallerAgain(): Promise<Caller>;
};

type Handler<O extends Operation> = (input: Input<O>) => Promise<Reply> | Reply;

export type BoundOperation = {
  operation: Operation;
  handle: (input: never) => Promise<Reply> | Reply;
  verify?: (raw: RawRequest) => void;
};

/**
 * Binds an operation to its verb.
 * @param verify checks requests without a credential, such as by the provider's signature
 */
export function bind<O extends Operation>(
  operation: O,
  handle: Handler<O>,
  verify?: BoundOperation["verify"],
): BoundOperation {
  return { operation, handle, ...(verify && { verify }) };
}
