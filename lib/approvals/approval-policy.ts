import { z } from "zod";

export const ApprovalAboveRuns = z.coerce.number().int().min(1).optional();
export const ApprovalForAdmins = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .default(false);

/** @property aboveRuns a bulk cancellation of more runs needs a second person */
export type ApprovalPolicy = { aboveRuns: number | undefined; forAdmins: boolean };

/** This process's policy, parsed separately, so that a script that starts a batch needs no other variable. */
export const approvalPolicy = (): ApprovalPolicy => ({
  aboveRuns: ApprovalAboveRuns.parse(process.env["APPROVAL_ABOVE_RUNS"] || undefined),
  forAdmins: ApprovalForAdmins.parse(process.env["APPROVAL_FOR_ADMINS"] || undefined),
});
