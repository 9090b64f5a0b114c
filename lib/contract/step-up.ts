import { z } from "zod";
import { Code } from "./factors";
import { defineOperation, exempt, session } from "./operation";
import { PasskeyAssertion } from "./passkeys";
import { Timestamp } from "./values";

export const StepUpBody = z
  .strictObject({
    password: z.string().min(1).max(1000).optional(),
    code: Code.optional().meta({ description: "Of an authenticator app, or a recovery code." }),
    passkey: PasskeyAssertion.optional(),
  })
  .meta({
    id: "StepUp",
    description: "`passkey` alone, or `password`, with `code` where there is a factor.",
  });
export type StepUpBody = z.infer<typeof StepUpBody>;

export const StepUpResult = z.object({ valid_until: Timestamp }).meta({ id: "StepUpResult" });

export const stepUpOperation = defineOperation({
  id: "stepUp",
  method: "POST",
  path: "/v1/auth/step-up",
  summary: "Confirm who you are",
  description:
    "Operations with `x-step-up` need this when the session's sign-in is too long ago: 403 `step_up_required`. A person with a second factor needs it here. Counts as a sign-in attempt: 422 `wrong_password`, `wrong_code`, `wrong_passkey`, then 429.",
  access: session,
  beforeFactor: true,
  audits: exempt("It only updates the session; the operations that need it write entries."),
  body: StepUpBody,
  responses: {
    200: { description: "Until when operations need no other confirmation.", body: StepUpResult },
  },
});
