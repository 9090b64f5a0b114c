import { getMeOperation } from "@/lib/contract/identity";
import { bind, endpoint } from "@/lib/http/endpoint";
import { describeCaller } from "@/lib/identity/describe-caller";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getMeOperation, ({ caller }) => ({ status: 200, body: describeCaller(caller) })),
});
