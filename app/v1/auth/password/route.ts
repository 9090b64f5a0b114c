import { setPasswordOperation } from "@/lib/contract/people";
import { setPassword } from "@/lib/people/set-password";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(setPasswordOperation, async ({ db, context, body }) => ({
    status: 200,
    body: await setPassword(db, { context, body }),
  })),
});
