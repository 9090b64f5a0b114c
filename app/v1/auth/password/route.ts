import { setPasswordOperation } from "@/lib/contract/people";
import { bind, endpoint } from "@/lib/http/endpoint";
import { setPassword } from "@/lib/people/set-password";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(setPasswordOperation, async ({ db, context, body }) => ({
    status: 200,
    body: await setPassword(db, { context, body }),
  })),
});
