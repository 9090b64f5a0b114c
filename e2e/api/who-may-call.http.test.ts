import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { ErrorEnvelope } from "@/lib/contract/errors";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import { ADMIN_SCOPE, PERMISSIONS } from "@/lib/states/permissions";
import { callHttp } from "@/test/call-http";
import { type Changes, observe } from "@/test/changes";
import { makeKey, makePerson } from "@/test/credentials";
import { useApi } from "@/test/use-api";
import { ADMITTED, answerByContract } from "./contract-access";
import { type Attempt, FIXTURES, type Stage } from "./coverage-fixtures";
import { type Credential, makeCredentialKinds, SCIM_TOKEN } from "./credential-kinds";

const PROVIDER = {
  id: "company",
  name: "Company SSO",
  issuer: "https://sso.company.example",
  client_id: "console",
  client_secret: "secret",
  scim_token: SCIM_TOKEN,
  access: [{ group: "admins", role: "admin", organizations: "all" }],
};
const api = useApi({ STEP_UP_MINUTES: "10", OIDC_PROVIDERS: JSON.stringify([PROVIDER]) });
let stage: Stage;
/** A request of each operation that succeeds for a caller who may make it. */
const valid = new Map<string, Attempt>();

beforeAll(async () => {
  const { database, fixture, baseUrl } = api();
  const owner = await makePerson(database.owner, { role: "admin" });
  stage = {
    database,
    fixture,
    baseUrl,
    admin: await makeKey(database.owner, { ownerId: owner.id, scopes: [ADMIN_SCOPE, ...PERMISSIONS] }),
    inference: await makeKey(database.owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId }),
  };
  const { path, body } = await FIXTURES["cancelRun"]!(stage);
  await api().call("POST", path, { ...stage.admin, body: JSON.stringify(body) }); // an entry to read
  for (const { id } of OPERATIONS) valid.set(id, await FIXTURES[id]!(stage));
});

/** The path of a target that doesn't exist. */
const missingPath = ({ path }: Operation) => path.replaceAll(/\{\w+\}/g, () => randomUUID());

type Probe = { path: string; body?: string; headers?: Record<string, string>; status: number };

/** A request that fails after all checks of the caller, so that an admitted one changes nothing. */
function probeOf(operation: Operation): Probe {
  const { path } = valid.get(operation.id)!;
  if (operation.body) return { path, body: "{", status: 400 };
  if (operation.query) return { path: `${path.split("?")[0]}?no_such_parameter=1`, status: 422 };
  if (operation.path.includes("{")) return { path: missingPath(operation), status: 404 };
  if (operation.idempotent) return { path, headers: { "Idempotency-Key": "not ASCII: \u00fc" }, status: 422 };
  return { path, status: 200 };
}

/** Sends a valid request where the contract refuses it, otherwise the probe. */
async function ask(operation: Operation, by: Credential, isAdmitted: boolean): Promise<string> {
  const { path, body: fields } = valid.get(operation.id)!;
  const refused = { path, ...(fields && { body: JSON.stringify(fields) }), status: 0 };
  const probe: Probe = isAdmitted ? probeOf(operation) : refused;
  const { method } = operation;
  const headers = {
    "Content-Type": "application/json",
    ...probe.headers,
    ...by.headersFor({ method, path: probe.path, body: probe.body ?? "" }),
  };
  const reply = await callHttp(api().baseUrl, method, probe.path, {
    headers,
    ...(probe.body && { body: probe.body }),
  });
  const { code, errors } = JSON.parse(reply.text) as Partial<ErrorEnvelope>;
  const [error] = errors ?? [];
  // Only an admitted caller of several organizations is asked to name one.
  const mustNameOne = reply.status === 422 && error?.loc.includes("x-organization-id");
  if (reply.status === probe.status || mustNameOne) return ADMITTED;
  const permission = error?.type === "permission_required" && /\b[a-z]+(\.[a-z]+)+\b/.exec(error.msg)?.[0];
  return [reply.status, code, error?.type, permission].filter(Boolean).join(" ");
}

describe("every operation with every kind of credential", () => {
  let kinds: Credential[];
  let changes: Changes;
  const answers = new Map<string, Map<string, string>>();

  beforeAll(async () => {
    kinds = await makeCredentialKinds(api());
    ({ changes } = await observe(stage.database.owner, async () => {
      for (const operation of OPERATIONS) {
        const given = kinds.map(async (by): Promise<[string, string]> => {
          const isAdmitted = answerByContract(operation, by) === ADMITTED;
          return [by.name, await ask(operation, by, isAdmitted)];
        });
        answers.set(operation.id, new Map(await Promise.all(given)));
      }
    }));
  }, 600_000);

  /** The answers that the declaration demands, where others were given. */
  const departures = (operation: Operation) =>
    kinds.flatMap((by) => {
      const [given, expected] = [answers.get(operation.id)!.get(by.name), answerByContract(operation, by)];
      return given === expected ? [] : [`${by.name}: ${given} instead of ${expected}`];
    });

  test.each(OPERATIONS.map((each) => ({ each, name: `${each.method} ${each.path}` })))(
    "$name: answers as its declaration says",
    ({ each }) => expect(departures(each)).toEqual([]),
  );

  test("all of them: change nothing, and refusals leave security events", () => {
    expect(Object.keys(changes)).toEqual(["security_events"]);
    expect(changes["security_events"]!.removed).toEqual([]);
  });

  /** Declarations that differ in one respect. */
  const wrong = OPERATIONS.flatMap((operation): { name: string; declared: Operation }[] => {
    const { id, access, stepUp, audits } = operation;
    const besides = (what: string, change: object) => ({
      name: `${id} ${what}`,
      declared: { ...operation, ...change } as Operation,
    });
    const open = { access: { by: "anyone" } };
    if (access.by !== "credential")
      return [besides("for callers with a credential", { access: { by: "credential", permission: null } })];
    const other = access.permission === "runs.create" ? "audit.read" : "runs.create";
    return [
      besides("without a credential", open),
      besides("for the provider", { access: { by: "provider" } }),
      besides("for other callers than staff", { access: { ...access, admin: !access.admin } }),
      besides("with another permission", { access: { ...access, permission: other } }),
      ...(access.permission ? [besides("without", { access: { ...access, permission: null } })] : []),
      besides("for sessions or not", { access: { ...access, session: !access.session } }),
      // No session may create runs.
      ...(access.permission === "runs.create"
        ? []
        : [besides("with or without step-up", { stepUp: !stepUp })]),
      ...(operation.method === "GET" && audits ? [besides("without an entry", { audits: undefined })] : []),
    ];
  });

  test("wrong declaration: departs from the answers, for every kind of mistake", () => {
    expect(wrong.length).toBeGreaterThan(5 * OPERATIONS.length);
    expect(wrong.filter(({ declared }) => departures(declared).length === 0).map(({ name }) => name)).toEqual(
      [],
    );
  });

  test("SCIM: only the provider's token", async () => {
    const statuses = new Map<string, number>();
    for (const by of kinds) {
      const request = { method: "GET", path: "/scim/v2/Users", body: "" };
      const reply = await callHttp(api().baseUrl, "GET", request.path, { headers: by.headersFor(request) });
      statuses.set(by.name, reply.status);
    }
    const admitted = [...statuses].filter(([, status]) => status !== 401);
    expect(admitted).toEqual([["a provider's SCIM token", 200]]);
  });
});
