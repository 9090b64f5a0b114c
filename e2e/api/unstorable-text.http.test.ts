import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import { signProviderEvent } from "@/lib/runs/provider-signature";
import { PERMISSIONS } from "@/lib/states/permissions";
import { makeKey, makePerson } from "@/test/credentials";
import { readWorld } from "@/test/refusal";
import { TEST_PROVIDER_SECRET } from "@/test/server";
import { useApi } from "@/test/use-api";
import { type Attempt, FIXTURES, headersOf, type Stage } from "./coverage-fixtures";

const api = useApi();
let stage: Stage;

beforeAll(async () => {
  const { database, fixture, baseUrl } = api();
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  stage = {
    database,
    fixture,
    baseUrl,
    admin: await makeKey(database.owner, { ownerId, scopes: ["admin", ...PERMISSIONS] }),
    inference: await makeKey(database.owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId }),
  };
  const { path, body } = await FIXTURES["cancelRun"]!(stage); // an entry to read
  await api().call("POST", path, { headers: stage.admin.headers, body: JSON.stringify(body) });
});

async function send(
  { method }: Operation,
  { path, headers = {} }: Pick<Attempt, "path" | "headers">,
  given: object = {},
  body?: string,
) {
  const signature = { "Runflow-Signature": signProviderEvent(TEST_PROVIDER_SECRET, body ?? "") };
  return api().call(method, path, {
    headers: {
      ...headersOf(stage.admin, { headers }),
      ...("Runflow-Signature" in headers && signature),
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...given,
    },
    ...(body !== undefined && { body }),
  });
}

/** As URLs encode them: NUL, and a lone surrogate, which UTF-8 can't encode. */
const IN_ADDRESS = ["%00", "a%00b", "%ED%A0%80", "a%ED%BF%BF"];
/** As JSON encodes them. */
const IN_JSON = [String.raw`\u0000`, String.raw`a\ud800`, String.raw`\udc00a`];

const cases = (operations: readonly Operation[]) =>
  operations.map((operation) => [operation.id, operation] as [string, Operation]);

describe("in a query: 422 at the parameter", () => {
  const withQuery = OPERATIONS.filter(({ query }) => query);
  test.each(cases(withQuery))("%s", async (id, operation) => {
    const attempt = await FIXTURES[id]!(stage);
    const [path = ""] = attempt.path.split("?");
    for (const name of Object.keys(operation.query!.shape))
      for (const text of IN_ADDRESS) {
        const { status, json } = await send(operation, { ...attempt, path: `${path}?${name}=${text}` });
        expect.soft([name, text, status]).toEqual([name, text, 422]);
        const locs = (json as { errors: { loc: unknown[] }[] }).errors.map(({ loc }) => loc);
        expect.soft(locs).toContainEqual(["query", name]);
      }
  });
});

describe("in a path: the same answer as for any unknown id", () => {
  const withParts = OPERATIONS.filter(({ path }) => path.includes("{"));
  test.each(cases(withParts))("%s", async (id, operation) => {
    const attempt = await FIXTURES[id]!(stage);
    const body = operation.body && JSON.stringify(attempt.body ?? {});
    for (const text of IN_ADDRESS) {
      const path = operation.path.replaceAll(/\{\w+\}/g, text);
      const { status } = await send(operation, { ...attempt, path }, {}, body);
      // Deliveries are listed for a known webhook only; the provider's report is for a missing run.
      expect.soft([path, status]).toEqual([path, 404]);
    }
  });
});

describe("in a header: the same answer as for any invalid value", () => {
  test.each(cases(OPERATIONS.filter(({ access }) => access.by === "credential")))(
    "%s",
    async (id, operation) => {
      const attempt = await FIXTURES[id]!(stage);
      const { body } = attempt;
      for (const name of ["X-Organization-Id", "Idempotency-Key", "Last-Event-ID", "User-Agent"]) {
        // The bytes of a surrogate in UTF-8; HTTP itself forbids NUL.
        const text = Buffer.from([0xed, 0xa0, 0x80]).toString("latin1");
        if (operation.responses[200]?.mediaType && name !== "X-Organization-Id") continue;
        const { status } = await send(operation, attempt, { [name]: text }, body && JSON.stringify(body));
        expect.soft([name, status < 500]).toEqual([name, true]);
      }
    },
  );
});

describe("in a body: 422 at the field, and nothing changes", () => {
  /** The text fields of a body of this shape, except a customer's own JSON, which is stored as sent. */
  const withBody = OPERATIONS.filter(({ body }) => body);
  test.each(cases(withBody))("%s", async (id, operation) => {
    const attempt = await FIXTURES[id]!(stage);
    const { body: given = {} } = attempt;
    const fields = fieldsOf(operation.body!).filter(
      (name) => !["input", "metadata", "output"].includes(name),
    );
    const before = await readWorld(api().database.owner);
    for (const name of [...fields, "unknown"])
      for (const text of IN_JSON) {
        const { [name]: _replaced, ...rest } = given as Record<string, unknown>;
        const body = `${JSON.stringify(rest).slice(0, -1)}${Object.keys(rest).length ? "," : ""}"${name}":"${text}"}`;
        const { status, json } = await send(operation, attempt, {}, body);
        expect.soft([name, text, status]).toEqual([name, text, 422]);
        const locs = (json as { errors: { loc: unknown[] }[] }).errors.map(({ loc }) => loc);
        expect.soft(locs).toContainEqual(["body", name]);
      }
    expect(await readWorld(api().database.owner)).toEqual(before);
  });
});

function fieldsOf(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return fieldsOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodUnion)
    return [...new Set(schema.options.flatMap((option) => fieldsOf(option as z.ZodType)))];
  throw new Error("an unknown body shape");
}
