import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { addressBlock } from "@/lib/identity/address-block";
import { countProviderFailure } from "@/lib/identity/sign-in-limits";
import { db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import { log } from "@/lib/platform/log";
import { ScimError } from "@/lib/scim/scim-error";
import { recordSecurityEvent } from "@/lib/security/record-security-event";
import type { RequestContext } from "@/lib/states/audit-entry";
import { readClientAddress, readUserAgent } from "./client-address";
import { findUnstorable } from "./find-unstorable";
import { logFailure } from "./log-failure";
import { parseJsonBody } from "./parse-input";
import { readBody } from "./read-body";
import { newRequestId, REQUEST_ID_HEADER } from "./request-id";
import { answerError } from "./respond";

export type ScimCall = {
  method: string;
  url: URL;
  readJson(): Promise<unknown>;
  provider: OidcProvider;
  context: RequestContext;
};
export type ScimAnswer = { status: number; body?: object; headers?: Record<string, string> };

/** Answers a SCIM request: the provider's token, then the work, and errors in SCIM's own form. */
export async function answerScim(
  request: Request,
  work: (call: ScimCall) => Promise<ScimAnswer>,
): Promise<Response> {
  const { method, headers } = request;
  const url = new URL(request.url);
  const requestId = newRequestId();
  const context: RequestContext = {
    source: "api",
    ip: readClientAddress(headers),
    userAgent: readUserAgent(headers),
    requestId,
  };
  const readJson = async () => readStorable(await readBody(request));
  let answer: ScimAnswer;
  try {
    const provider = authenticate(headers);
    if (!provider) throw await refuse(method, url.pathname, context);
    answer = await work({ method, url, readJson, provider, context });
  } catch (error) {
    answer = toAnswer(error);
    if (answer.status >= 500) logFailure(error, { request_id: requestId, path: url.pathname });
  }
  log.info({ request_id: requestId, method, path: url.pathname, status: answer.status });
  return new Response(answer.body ? JSON.stringify(answer.body) : null, {
    status: answer.status,
    headers: {
      "Content-Type": "application/scim+json; charset=utf-8",
      "Cache-Control": "no-store",
      [REQUEST_ID_HEADER]: requestId,
      ...answer.headers,
    },
  });
}

function readStorable(bytes: Uint8Array): unknown {
  const json = parseJsonBody(bytes);
  if (findUnstorable(z.unknown(), json, "body").length > 0)
    throw new ScimError(400, "The body has text that can't be stored.", "invalidValue");
  return json;
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Compares with every provider's token in constant time. */
function authenticate(headers: Headers): OidcProvider | undefined {
  const given = digest(/^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "")?.[1] ?? "");
  const known = env().OIDC_PROVIDERS.filter(({ scim_token }) => scim_token !== undefined);
  return known.filter(({ scim_token }) => timingSafeEqual(digest(scim_token!), given))[0];
}

async function refuse(method: string, path: string, context: RequestContext): Promise<ScimError> {
  if (!(await countProviderFailure(addressBlock(context.ip)))) {
    await recordSecurityEvent(db(), {
      kind: "request.refused",
      status: 401,
      code: "UNAUTHORIZED",
      method,
      path,
      caller: undefined,
      context,
      detail: null,
    });
  }
  return new ScimError(401, "A provider's SCIM token is required.");
}

function toAnswer(error: unknown): ScimAnswer {
  const { status, scimType, message } =
    error instanceof ScimError
      ? error
      : { status: answerError(error).status, scimType: undefined, message: readMessage(error) };
  const body = {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: String(status),
    ...(scimType && { scimType }),
    detail: message,
  };
  return { status, body, ...(status === 401 && { headers: { "WWW-Authenticate": "Bearer" } }) };
}

const readMessage = (error: unknown): string =>
  (JSON.parse(answerError(error).text) as { message: string }).message;
