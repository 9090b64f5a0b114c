/**
 * Verification itself failed, so nothing is known about the trail. The message is for the person at the
 * terminal.
 */
export class VerificationError extends Error {
  override name = "VerificationError";
}
