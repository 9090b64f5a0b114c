import { z } from "zod";
import type { ApprovalPolicy } from "@/lib/states/approval";

export const ApprovalAboveRuns = z.coerce.number().int().min(1).optional();
export const ApprovalForAdmins = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .default(false);

/** This process's policy, parsed separately, so that a script that starts a batch needs no other variable. */
export const approvalPolicy = (): ApprovalPolicy => ({
  aboveRuns: ApprovalAboveRuns.parse(process.env["APPROVAL_ABOVE_RUNS"] || undefined),
  forAdmins: ApprovalForAdmins.parse(process.env["APPROVAL_FOR_ADMINS"] || undefined),
});
