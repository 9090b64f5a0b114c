import { env } from "@/lib/platform/env/env";
import type { TargetRules } from "./target-url";

/** What this deployment allows of the addresses that customers give. */
export const targetRules = (): TargetRules => ({
  allowPrivate: env().ALLOW_PRIVATE_CALLBACKS,
  ports: env().CALLBACK_PORTS,
});
