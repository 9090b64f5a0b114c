import { getHealthOperation } from "@/lib/contract/system";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getHealthOperation, () => ({ status: 200, body: { status: "ok", ok: true } })),
});
