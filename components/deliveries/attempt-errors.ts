import type { AttemptError } from "@/lib/states/delivery";

/** What an attempt's error code means, in words that follow "no answer" or "answered 302". */
const ATTEMPT_ERRORS: Record<AttemptError, string> = {
  timeout: "the time of 10 s was up",
  connection_refused: "the connection was refused",
  connection_reset: "the connection was cut",
  connection_failed: "the connection failed",
  name_not_found: "the host’s name is unknown",
  unreachable: "the host can’t be reached",
  private_address: "the host has no public address",
  redirect_not_followed: "a redirect, which isn’t followed",
  gone: "the endpoint says it is permanently gone",
  tls_failed: "the certificate isn’t valid",
  no_http: "what came wasn’t HTTP",
  not_signed: "the secret could not be read, so nothing was sent",
  url_parsing: "what was given is no address",
  url_credentials: "the address has a user name or password in it",
  url_host_too_long: "the host’s name is longer than any can be",
  url_host_not_public: "the address isn’t public",
  url_scheme: "the address isn’t https",
  url_port: "the port isn’t allowed",
};

/** @returns "answered 503", "no answer, the connection was refused" */
export function describeAnswer({
  last_status,
  last_error,
}: {
  last_status: number | null;
  last_error: string | null;
}): string {
  const answer = last_status === null ? "no answer" : `answered ${last_status}`;
  if (last_error === null) return answer;
  // What an earlier version wrote down may be a word that nobody knows any more.
  return `${answer}, ${ATTEMPT_ERRORS[last_error as AttemptError] ?? last_error}`;
}
