import { describeWait } from "@/lib/contract/wait-text";

/** Of next-auth: the password, the code that follows it, or a passkey. */
type Means =
  | ["credentials", { email: string; password: string }]
  | ["second-step", { code: string }]
  | ["passkey", { response: string }];

/** @returns next-auth's name for the failure, or undefined once the person is signed in */
export async function trySignIn(...[means, given]: Means): Promise<string | undefined> {
  try {
    const { signIn } = await import("next-auth/react");
    const result = await signIn<"credentials">(means, { ...given, redirect: false });
    if (!result?.ok) return result?.error ?? "Unknown";
    // Without its CSRF cookie, the server doesn't even check the password.
    return result.url?.includes("csrf=true") ? "CookiesBlocked" : undefined;
  } catch {
    return "Unknown";
  }
}

/** @returns why it failed; undefined once the person is signed in */
export async function tryPasskey(): Promise<string | undefined> {
  const { askPasskey, PasskeyRefused } = await import("./passkeys");
  try {
    const failure = await trySignIn("passkey", { response: JSON.stringify(await askPasskey()) });
    return failure && describeSignInFailure(failure);
  } catch (error) {
    return error instanceof PasskeyRefused ? error.message : describeSignInFailure("Unknown");
  }
}

const FAILURES: Record<string, string> = {
  CredentialsSignin: "The email and password don’t match an active account.",
  CookiesBlocked:
    "This browser did not store the cookie needed to sign in. Allow cookies for this site or clear them, then try again.",
  Unavailable: "Sign-in is not available right now. Try again in a moment.",
  WrongCode: "This code isn’t right, or was used before. Try the next one.",
  WrongPasskey: "This passkey doesn’t belong to an active account.",
  StepExpired: "That took more than 5 minutes. Enter your password again.",
};

export function describeSignInFailure(failure: string): string {
  const [name, seconds] = failure.split(" ");
  if (name === "RateLimited") return `Too many attempts. Try again in ${describeWait(Number(seconds))}.`;
  return FAILURES[failure] ?? "The sign-in could not be completed. Check your connection, then try again.";
}

/** The kinds of second factors that a sign-in still needs, if that is the failure. */
export const readNeeds = (failure: string): string[] | undefined => {
  const [name, ...kinds] = failure.split(" ");
  return name === "SecondStep" ? kinds : undefined;
};
