import { getMeOperation } from "@/lib/contract/identity";
import { describeCaller } from "@/lib/identity/describe-caller";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getMeOperation, ({ caller }) => ({ status: 200, body: describeCaller(caller) })),
});
