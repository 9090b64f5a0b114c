import { SECOND_FACTORS_META } from "@/lib/contract/second-factors-meta";
import type { StepUpBody } from "@/lib/contract/step-up";
import { readMeta } from "./read-meta";
import { send } from "./send";

/** The kinds of second factors that the signed-in person has. */
export const readSecondFactors = (): string[] =>
  (readMeta(SECOND_FACTORS_META) ?? "").split(" ").filter(Boolean);

/** Confirms who the person is, so that changes that need a recent sign-in go on. */
export const stepUp = (body: StepUpBody) =>
  send(async () => (await import("@/lib/contract/step-up")).StepUpResult, {
    method: "POST",
    path: "/v1/auth/step-up",
    body,
  });
