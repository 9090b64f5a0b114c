import { env } from "@/lib/platform/env/env";
import type { TargetRules } from "./target-url";

/** The deployment's rules for customers' URLs. */
export const targetRules = (): TargetRules => ({
  allowPrivate: env().ALLOW_PRIVATE_CALLBACKS,
  ports: env().CALLBACK_PORTS,
});
