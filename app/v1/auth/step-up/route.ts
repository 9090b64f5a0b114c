import { stepUpOperation } from "@/lib/contract/step-up";
import { formatTimestamp } from "@/lib/contract/values";
import { stepUp } from "@/lib/identity/step-up";
import { readTicketCookie } from "@/lib/identity/ticket";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { readBrowser } from "@/lib/platform/http/read-browser";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(stepUpOperation, async ({ db, caller, context, body, raw }) => {
    const ticket = readTicketCookie(raw.headers, "challenge");
    const until = await stepUp(db, { caller, context, browser: readBrowser(raw.headers), body, ticket });
    return { status: 200, body: { valid_until: formatTimestamp(until) } };
  }),
});
