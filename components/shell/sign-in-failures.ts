/** Why a sign-in with an identity provider failed, in words; `name` is the provider's. */
const FAILURES: Record<string, (name: string) => string> = {
  no_access: (name) => `You have no access to the console. Ask ${name}’s admins for it.`,
  disabled: () => "Your account here is disabled. Ask an admin of the console.",
  email_unverified: (name) => `${name} has not verified your email address. Ask ${name}’s admins.`,
  email_taken: () =>
    "Your email address belongs to an account that signs in another way. Sign in that way, or ask an admin.",
  last_admin: (name) =>
    `You are the last admin with a password, so your account can’t change to ${name}. Make someone else an admin first.`,
  too_many: () => "You have signed in too often. Wait 15 minutes, then try again.",
  groups_missing: (name) => `${name} did not send your groups. Ask ${name}’s admins.`,
  unreachable: (name) => `${name} can’t be reached. Try again in a moment.`,
  denied: (name) => `${name} did not sign you in. Try again, or ask ${name}’s admins.`,
  cookies_blocked: () =>
    "This browser did not store the cookie needed to sign in. Allow cookies for this site or clear them, then try again.",
  offline: () => "The sign-in could not be started. Check your connection, then try again.",
  unavailable: () => "Sign-in is not available right now. Try again in a moment.",
};

/** @param failure from the URL */
export const describeProviderFailure = (failure: string, name: string): string =>
  (Object.hasOwn(FAILURES, failure) ? FAILURES[failure] : undefined)?.(name) ??
  `The sign-in with ${name} could not be completed. Start it again.`;
