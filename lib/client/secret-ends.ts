/** Why a secret left the page: the session ended, the page was hidden too long, or the person left it. */
export type SecretEnd = "session" | "unseen" | "left";

export const SECRET_ENDS: Record<SecretEnd, string> = {
  session: "your session has ended",
  unseen: "this page was out of view for ten minutes",
  left: "you left this page",
};
