import { headers } from "next/headers";
import type { RequestContext } from "@/lib/states/audit-entry";
import { readClientAddress, readUserAgent } from "./client-address";
import { newRequestId } from "./request-id";

/** Where a page's request came from, for an entry that the page leaves. */
export async function pageContext(): Promise<RequestContext> {
  const sent = await headers();
  const [ip, userAgent] = [readClientAddress(sent), readUserAgent(sent)];
  return { source: "dashboard", ip, userAgent, requestId: newRequestId() };
}
