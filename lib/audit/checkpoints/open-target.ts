import type { TargetSettings } from "@/lib/platform/env/checkpoint-targets";
import type { TargetRules } from "@/lib/platform/outbound/target-url";
import { openFileTarget } from "./file-target";
import { openHttpsTarget } from "./https-target";
import { openS3Target } from "./s3-target";
import type { Target } from "./target";

/** @param means for endpoints: the signing secret, and the addresses that may be called */
export async function openTarget(
  settings: TargetSettings,
  means: { secret: string; rules: TargetRules },
): Promise<Target> {
  switch (settings.kind) {
    case "file":
      return openFileTarget(settings);
    case "https":
      return openHttpsTarget({ ...settings, ...means });
    case "s3":
      return openS3Target(settings);
  }
}
