import { challengePasskeyOperation } from "@/lib/contract/factors";
import { challengeAssertion } from "@/lib/identity/passkey";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(challengePasskeyOperation, async () => {
    const { options, cookie } = await challengeAssertion();
    return { status: 200, body: { options }, headers: { "Set-Cookie": cookie } };
  }),
});
