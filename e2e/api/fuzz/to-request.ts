import { signProviderRequest } from "@/lib/runs/provider-signature";
import type { Key } from "@/test/credentials";
import { TEST_PROVIDER_SECRET } from "@/test/server";
import { type Attempt, headersOf } from "../coverage-fixtures";
import type { AnyRequest, CredentialName } from "./any-request";
import { editJson } from "./edit-json";

/** The records and credentials that generated requests refer to. */
export type World = {
  /** A request of each operation that succeeds, by its id. */
  own: Map<string, Attempt>;
  ids: string[];
  /** Of the newest pages. */
  cursors: string[];
  orgId: string;
  admin: Key;
  credentials: Record<Exclude<CredentialName, "own">, Record<string, string>>;
  /** The client's address, which limits of requests without a credential count against. */
  address: string;
};

export type ToSend = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
};

export function toRequest(request: AnyRequest, world: World): ToSend {
  const fixture = world.own.get(request.id)!;
  const fill = (text: string) =>
    text
      .replaceAll(/«id (\d+)»/g, (_all, index) => world.ids[Number(index) % world.ids.length]!)
      .replaceAll(
        /«cursor (\d+)»/g,
        (_all, index) => world.cursors[Number(index) % world.cursors.length] ?? "x",
      )
      .replaceAll(/"«raw ([^»]+)»"/g, "$1")
      .replaceAll("«org»", world.orgId);
  const [ownPath, ownQuery] = fixture.path.split("?") as [string, string | undefined];
  const ownParams = readParams(request.template, ownPath);
  const pathname = request.template.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const text = request.params[name] ?? null;
    return text === null ? ownParams[name]! : encodeURIComponent(fill(text).toWellFormed());
  });
  const { query, hasOwnQuery } = request;
  const pairs = typeof query === "string" ? query : toSearch(query, fill);
  const search = [hasOwnQuery && ownQuery, pairs].filter(Boolean).join("&");
  const path = search ? `${pathname}?${search}` : pathname;
  const body = bodyOf(request, fixture, fill);

  const isSigned = request.by === "own" && fixture.headers?.["Runflow-Signature"] !== undefined;
  const credential = request.by === "own" ? headersOf(world.admin, fixture) : world.credentials[request.by];
  const { "Runflow-Signature": _former, ...credentialHeaders } = credential;
  const others = Object.entries(request.headers).map(([name, value]) => [name, fill(value)] as const);
  return {
    method: request.method,
    path,
    headers: {
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...credentialHeaders,
      ...Object.fromEntries(others),
      ...(isSigned && {
        "Runflow-Provider-Signature": signProviderRequest(
          TEST_PROVIDER_SECRET,
          { method: request.method, path: pathname, body: body ?? "" },
          Date.now(),
        ),
      }),
      "X-Forwarded-For": world.address,
    },
    ...(body !== undefined && { body }),
  };
}

/** A lone surrogate can't be sent in UTF-8; browsers send U+FFFD. */
const toSearch = (pairs: [string, string][], fill: (text: string) => string): string =>
  pairs.map((pair) => pair.map((text) => encodeURIComponent(fill(text).toWellFormed())).join("=")).join("&");

function readParams(template: string, path: string): Record<string, string> {
  const pattern = template
    .replaceAll(".", "\\.")
    .replaceAll(/\{(\w+)\}/g, (_all, name) => `(?<${name}>${name === "slug" ? ".+" : "[^/]+"})`);
  return new RegExp(`^${pattern}$`).exec(path)?.groups ?? {};
}

function bodyOf({ body }: AnyRequest, fixture: Attempt, fill: (text: string) => string) {
  if (body === null) return undefined;
  if ("raw" in body) return typeof body.raw === "string" ? fill(body.raw) : body.raw;
  if ("made" in body) return fill(JSON.stringify(editJson(body.made, body.edits)) ?? "");
  if (!fixture.body && body.own.length === 0) return undefined;
  return fill(JSON.stringify(editJson(fixture.body ?? {}, body.own)) ?? "");
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
/** The credential's own headers are named, because they work in the test's database only. */
const SECRET = new Set(["Authorization", "Cookie", "Runflow-Provider-Signature"]);

/** The request as a command for people. */
export function toCurl({ by }: Pick<AnyRequest, "by">, { method, path, headers, body }: ToSend): string {
  const { "X-Forwarded-For": _address, ...shown } = headers;
  const lines = Object.entries(shown).map(
    ([name, value]) => `-H ${quote(`${name}: ${SECRET.has(name) ? `<${by}>` : value}`)}`,
  );
  const bytes = typeof body === "string" || body === undefined ? body : Buffer.from(body).toString("latin1");
  const data = bytes === undefined ? [] : [`--data-raw ${quote(bytes)}`];
  return [`curl -i --globoff -X ${method} ${quote(`$CONSOLE${path}`)}`, ...lines, ...data].join(" \\\n  ");
}
