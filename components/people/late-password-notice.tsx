"use client";

import { latePart } from "@/components/ui/late-part";

/** Loads only for people who have the notice. */
export const LatePasswordNotice = latePart(() =>
  import("./password-notice").then((module) => module.PasswordNotice),
);
