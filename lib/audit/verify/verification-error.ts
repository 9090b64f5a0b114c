/** Nothing can be said about the trail, neither good nor bad. The message is for the person who typed the command. */
export class VerificationError extends Error {
  override name = "VerificationError";
}
