import type { AttemptError } from "@/lib/states/delivery";

/** What an attempt's error code means. */
const ATTEMPT_ERRORS: Record<AttemptError, string> = {
  timeout: "Timed out after 10 s",
  connection_refused: "Connection refused",
  connection_reset: "Connection reset",
  connection_failed: "Connection failed",
  name_not_found: "Host name not found",
  unreachable: "Host unreachable",
  private_address: "Host has no public address",
  redirect_not_followed: "Redirects aren’t followed",
  gone: "Endpoint permanently gone",
  tls_failed: "Invalid certificate",
  no_http: "Response wasn’t HTTP",
  not_signed: "Not sent: signing secret unreadable",
  url_parsing: "Not sent: invalid URL",
  url_credentials: "Not sent: URL contains a user name or password",
  url_host_too_long: "Not sent: host name too long",
  url_host_not_public: "Not sent: host isn’t public",
  url_scheme: "Not sent: URL isn’t https",
  url_port: "Not sent: port not allowed",
};

type Answer = { last_status: number | null; last_error: string | null };

/** @returns "HTTP 503", "Timed out after 10 s", "HTTP 302: Redirects aren’t followed" */
export function describeAnswer({ last_status, last_error }: Answer): string {
  // An older version may have stored a code that no longer exists.
  const error = last_error && (ATTEMPT_ERRORS[last_error as AttemptError] ?? last_error);
  if (last_status === null) return error ?? "No response";
  return error ? `HTTP ${last_status}: ${error}` : `HTTP ${last_status}`;
}
