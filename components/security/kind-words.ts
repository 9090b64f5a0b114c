import type { SecurityEvent } from "@/lib/contract/security";

/** Labels for the kinds of attempts. */
export const KIND_WORDS: Record<SecurityEvent["kind"], string> = {
  "request.refused": "Denied",
  "sign_in.failed": "Sign-in failed",
  "sign_in.break_glass": "Emergency sign-in",
  "password_link.refused": "Link rejected",
  "key_link.refused": "Key link rejected",
};
