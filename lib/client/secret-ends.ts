/** Why a secret left the page: its reader's session ended, nobody looked for long, or the page was left. */
export type SecretEnd = "session" | "unseen" | "left";

export const SECRET_ENDS: Record<SecretEnd, string> = {
  session: "your session has ended",
  unseen: "this page was out of view for ten minutes",
  left: "you left this page",
};
