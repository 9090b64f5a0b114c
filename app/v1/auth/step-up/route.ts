import { stepUpOperation } from "@/lib/contract/sessions";
import { formatTimestamp } from "@/lib/contract/values";
import { stepUp } from "@/lib/identity/step-up";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { readBrowser } from "@/lib/platform/http/read-browser";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(stepUpOperation, async ({ db, caller, context, body, raw }) => {
    const proof = { context, browser: readBrowser(raw.headers), password: body.password };
    const until = await stepUp(db, { caller, ...proof });
    return { status: 200, body: { valid_until: formatTimestamp(until) } };
  }),
});
