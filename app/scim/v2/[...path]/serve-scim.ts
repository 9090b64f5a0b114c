import { db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import type { ScimAnswer, ScimCall } from "@/lib/platform/http/answer-scim";
import { applyPatch } from "@/lib/scim/apply-patch";
import { findUser, findUsers, type UserRow } from "@/lib/scim/find-users";
import { createUser, saveUser } from "@/lib/scim/save-user";
import { ScimError } from "@/lib/scim/scim-error";
import { SERVICE_PROVIDER_CONFIG } from "@/lib/scim/service-provider-config";
import { toUser } from "@/lib/scim/to-user";
import { readUser } from "@/lib/scim/user-schema";

const LIST_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const MOST = 200;

const show = (row: UserRow) => toUser(row, env().NEXTAUTH_URL.replace(/\/$/, ""));

/** Answers a request of a provider's SCIM client. */
export async function serveScim(path: readonly string[], call: ScimCall): Promise<ScimAnswer> {
  const [resource, id, ...rest] = path;
  if (resource === "ServiceProviderConfig" && id === undefined && call.method === "GET")
    return { status: 200, body: SERVICE_PROVIDER_CONFIG };
  if (resource !== "Users" || rest.length > 0) throw new ScimError(404, "Only Users are supported.");
  return id === undefined ? serveUsers(call) : serveUser(id, call);
}

async function serveUsers({ method, url, readJson, ...by }: ScimCall): Promise<ScimAnswer> {
  if (method === "POST") {
    const made = show(await createUser(db(), readUser(await readJson()), by));
    return { status: 201, body: made, headers: { Location: made.meta.location } };
  }
  if (method !== "GET") throw new ScimError(405, "Use GET or POST.");
  const number = (name: string, otherwise: number) => {
    const text = url.searchParams.get(name);
    if (text !== null && !/^-?\d{1,9}$/.test(text))
      throw new ScimError(400, `${name} must be an integer.`, "invalidValue");
    return text === null ? otherwise : Number(text);
  };
  // RFC 7644, 3.4.2.4: a startIndex below 1 means 1, a negative count 0.
  const startIndex = Math.max(1, number("startIndex", 1));
  const count = Math.min(MOST, Math.max(0, number("count", 100)));
  const filter = url.searchParams.get("filter");
  const { total, rows } = await findUsers(db(), by.provider, { filter, startIndex, count });
  const Resources = rows.map(show);
  const body = {
    schemas: [LIST_SCHEMA],
    totalResults: total,
    startIndex,
    itemsPerPage: Resources.length,
    Resources,
  };
  return { status: 200, body };
}

async function serveUser(id: string, { method, readJson, ...by }: ScimCall): Promise<ScimAnswer> {
  switch (method) {
    case "GET":
      return { status: 200, body: show(await findUser(db(), by.provider, id)) };
    case "PUT": {
      const user = readUser(await readJson());
      return { status: 200, body: show(await saveUser(db(), id, () => user, by)) };
    }
    case "PATCH": {
      const patch = await readJson();
      const change = (row: UserRow) => readUser(applyPatch(show(row), patch));
      return { status: 200, body: show(await saveUser(db(), id, change, by)) };
    }
    case "DELETE":
      await saveUser(db(), id, (row) => ({ ...readUser(show(row)), active: false }), by);
      return { status: 204 };
    default:
      throw new ScimError(405, "Use GET, PUT, PATCH or DELETE.");
  }
}
