import { readdir } from "node:fs/promises";
import { Validator } from "@seriousme/openapi-schema-validator";
import { beforeAll, describe, expect, test } from "vitest";
import { useApi } from "@/test/use-api";

type Operation = {
  operationId: string;
  responses: Record<string, unknown>;
  parameters?: { name: string; in: string }[];
};
type Document = { openapi: string; paths: Record<string, Record<string, Operation>> };

const api = useApi();
let document: Document;

beforeAll(async () => {
  document = (await api().call("GET", "/v1/openapi.json")).json as Document;
});

test("OpenAPI document: valid OpenAPI 3.1", async () => {
  const result = await new Validator().validate(structuredClone(document));
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
  expect(document.openapi).toMatch(/^3\.1\./);
});

test("operation ids: unique", () => {
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(ids.length).toBeGreaterThan(10);
  expect(new Set(ids).size).toBe(ids.length);
});

test("documented routes: exactly the existing ones", async () => {
  const files = await readdir("app/v1", { recursive: true });
  const routes = files.filter((file) => file.endsWith("route.ts")).map(toTemplate);
  expect(routes.filter((route) => route !== CATCH_ALL).sort()).toEqual(Object.keys(document.paths).sort());
});

const CATCH_ALL = "/v1/{...path}";

/** A route's file, from its path in the document. A model's slug spans several segments. */
const toTemplate = (file: string): string =>
  `/v1/${file
    .replace(/\/route\.ts$/, "")
    .replaceAll("[", "{")
    .replaceAll("]", "}")}`.replace("/v1/models/{...path}", "/v1/models/{owner}/{slug}/runs");

test("documented path: takes the listed methods and answers others with 405", async () => {
  for (const [template, operations] of Object.entries(document.paths)) {
    const path = template.replaceAll(/\{\w+\}/g, "x");
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      const { status } = await api().call(method, path);
      if (method.toLowerCase() in operations) expect.soft(status, `${method} ${path}`).not.toBe(405);
      else expect.soft(status, `${method} ${path}`).toBe(405);
    }
  }
});

describe("documented responses", () => {
  test("cancellation: status, errors and headers", () => {
    const { post } = document.paths["/v1/admin/runs/{run_id}/cancellation"]!;
    const statuses = Object.keys(post!.responses);
    expect(statuses).toEqual(
      expect.arrayContaining([
        "200",
        "201",
        "400",
        "401",
        "403",
        "404",
        "409",
        "413",
        "422",
        "429",
        "500",
        "503",
      ]),
    );
    expect(post!.responses["403"]).toMatchObject({
      description: expect.stringContaining("`PERMISSION_DENIED` (`permission_required`: `runs.cancel`)"),
    });
    for (const status of ["429", "503"]) {
      expect(post!.responses[status]).toHaveProperty(["headers", "Retry-After"]);
    }
    const names = post!.parameters!.map(({ name, in: place }) => `${place} ${name}`);
    expect(names).toEqual(
      expect.arrayContaining(["path run_id", "header X-Organization-Id", "header Idempotency-Key"]),
    );
  });

  test("operations without a credential: no credential errors", () => {
    for (const path of ["/v1/health", "/v1/readiness", "/v1/openapi.json"]) {
      expect(document.paths[path]!["get"]).toMatchObject({ security: [] });
      expect(document.paths[path]!["get"]!.responses).not.toHaveProperty("401");
    }
  });
});
