import type { Callers } from "./callers";

/** Says in sentences who may call an operation, with code between backticks. */
export function sayCallers(callers: Callers): string[] {
  const { by, permission, roles, service_key_scopes, inference_key, step_up, approval } = callers;
  if (by === "everyone") return ["Everyone, without a credential."];
  if (by === "provider") return ["The compute provider, with its signature."];
  const keys = [
    ...service_key_scopes.map((scopes) => sayServiceKey(scopes, permission)),
    ...(inference_key ? ["Inference keys, for the runs and endpoints of their organization."] : []),
  ];
  return [
    roles.length > 0
      ? `People with the role ${list(roles.map(code))}, signed in to the console.`
      : "No people.",
    ...(keys.length > 0 ? keys : ["No keys."]),
    ...(permission ? [`The permission is ${code(permission)}.`] : []),
    ...(step_up ? ["Step-up: a session needs a recent sign-in or confirmation; keys don't."] : []),
    ...(approval ? [`A second person must approve it first. When: ${approval}`] : []),
  ];
}

/** `admin` alone grants what the owner's role includes. */
function sayServiceKey(scopes: readonly string[], permission: string | null): string {
  if (scopes.length === 0) return "Service keys.";
  if (scopes.length === 1 && scopes[0] !== permission)
    return `Service keys with only the scope ${list(scopes.map(code))}, if their owner's role includes it.`;
  return `Service keys with ${scopes.length > 1 ? "the scopes" : "the scope"} ${list(scopes.map(code), "and")}.`;
}

const code = (text: string): string => `\`${text}\``;

function list(items: readonly string[], last = "or"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}

/** Which requests an operation's rate limit counts, if it has one. */
export function sayLimit({ isLimited, callers }: { isLimited: boolean; callers: Callers }): string {
  if (!isLimited) return "No rate limit.";
  return callers.by === "credential"
    ? "Counts toward the requests a minute of the key or person."
    : "Limited per client address.";
}
