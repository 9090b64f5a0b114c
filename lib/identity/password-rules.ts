import { env } from "@/lib/platform/env/env";

/** Break-glass admins keep a password for when the identity providers fail. No provider takes them over. */
export const isBreakGlass = (email: string): boolean => env().BREAK_GLASS_EMAILS.includes(email);

/** Whether only break-glass admins may sign in with a password. */
export const isPasswordOff = (): boolean => env().PASSWORD_SIGN_IN === "off";

/** Whether the person with this email may sign in with a password. */
export const mayUsePassword = (email: string): boolean => !isPasswordOff() || isBreakGlass(email);
