import { startPasskeyOperation } from "@/lib/contract/factors";
import { startPasskey } from "@/lib/factors/start-passkey";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(startPasskeyOperation, async ({ db, caller }) => {
    const { options, cookie } = await startPasskey(db, caller);
    return { status: 200, body: { options }, headers: { "Set-Cookie": cookie } };
  }),
});
