import { type BasicsSection, describeBasics } from "@/lib/contract/reference/basics";
import {
  type OperationPage,
  readDocument,
  type ReferenceGroup,
} from "@/lib/contract/reference/read-document";
import { writeBasics, writeLlmsTxt, writeOperation } from "@/lib/contract/reference/write-markdown";
import { env } from "@/lib/platform/env/env";
import { describeApi } from "./openapi";

/** The page about everything that operations share. No operation has this id. */
export const BASICS = "basics";

type Reference = {
  groups: ReferenceGroup[];
  operations: Map<string, OperationPage>;
  basics: BasicsSection[];
  /** The Markdown of each page, and of `llms.txt`. */
  texts: Map<string, string>;
};

let reference: Reference | undefined;

/** The API's documentation, read from the OpenAPI document once per process. */
export const readReference = (): Reference => (reference ??= build());

function build(): Reference {
  const { NEXTAUTH_URL, RATE_LIMIT_PER_MINUTE, REFUSALS_PER_MINUTE, STEP_UP_MINUTES } = env();
  const origin = NEXTAUTH_URL.replace(/\/$/, "");
  const groups = readDocument(describeApi());
  const operations = new Map(groups.flatMap((group) => group.operations).map((each) => [each.id, each]));
  const basics = describeBasics({
    origin,
    requestsPerMinute: RATE_LIMIT_PER_MINUTE,
    refusalsPerMinute: REFUSALS_PER_MINUTE,
    stepUpMinutes: STEP_UP_MINUTES,
  });
  const texts = new Map([...operations].map(([id, operation]) => [id, writeOperation(operation)]));
  texts.set(BASICS, writeBasics(basics));
  texts.set("llms.txt", writeLlmsTxt(groups, origin));
  return { groups, operations, basics, texts };
}
