import { startTotpOperation } from "@/lib/contract/factors";
import { startTotp } from "@/lib/factors/start-totp";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(startTotpOperation, ({ caller }) => ({ status: 200, body: startTotp(caller) })),
});
