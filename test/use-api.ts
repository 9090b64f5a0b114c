import { afterAll, beforeAll, expect } from "vitest";
import type { ErrorEnvelope } from "@/lib/contract/errors";
import { callHttp, type Reply, type Request } from "./call-http";
import { cloneDatabase, type TestDatabase } from "./database";
import { documentedBy } from "./documented";
import { seedFixture, type Fixture } from "./fixture";
import { startServers, type TestServerProcess } from "./server";

/** A response with its JSON body, or undefined without one. */
export type ApiReply = Reply & { requestId: string; json: unknown };

export type Api = {
  database: TestDatabase;
  server: TestServerProcess;
  baseUrl: string;
  /** An organization with a model and people, and a second one. */
  fixture: Fixture;
  otherScene: Fixture;
  /** Calls a path under /v1, and checks everything that each response must satisfy. */
  call(method: string, path: string, request?: Request): Promise<ApiReply>;
};

/** Starts the production server with its own database for the tests of one file. */
export function useApi(env: Record<string, string> = {}): () => Api {
  let api: Api | undefined;
  beforeAll(async () => {
    const database = await cloneDatabase();
    const [server] = (await startServers({ databaseUrl: database.appUrl, env })) as [TestServerProcess];
    const { baseUrl } = server;
    const document = JSON.parse((await callHttp(baseUrl, "GET", "/v1/openapi.json")).text) as unknown;
    const check = checkAnswers(documentedBy(document));
    api = {
      database,
      server,
      baseUrl,
      fixture: await seedFixture(database.owner),
      otherScene: await seedFixture(database.owner),
      call: async (method, path, request) =>
        check(method, path, await callHttp(baseUrl, method, path, request)),
    };
  });
  afterAll(async () => {
    await api?.server.stop();
    await api?.database.drop();
  });
  return () => {
    if (!api) throw new Error("useApi(): the server exists only inside tests");
    return api;
  };
}

function checkAnswers(departure: ReturnType<typeof documentedBy>) {
  const seen = new Set<string>();
  return (method: string, path: string, reply: Reply): ApiReply => {
    const requestId = String(reply.headers["runflow-request-id"]);
    expect(requestId).toMatch(/^req_\w{26,}$/);
    expect(seen).not.toContain(requestId);
    seen.add(requestId);
    expect(reply.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
    });
    expect(Object.keys(reply.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
    if (method === "HEAD") {
      expect(reply.text).toBe("");
      return { ...reply, requestId, json: undefined };
    }
    const json = JSON.parse(reply.text) as unknown;
    if (reply.status >= 400 && !path.startsWith("/v1/readiness")) expectEnvelope(json);
    expect(departure(method, path.replace(/\?.*/, ""), reply.status, json)).toBeUndefined();
    return { ...reply, requestId, json };
  };
}

function expectEnvelope(json: unknown): asserts json is ErrorEnvelope {
  const item = { type: expect.any(String), loc: expect.any(Array), msg: expect.any(String) };
  const { errors } = json as ErrorEnvelope;
  expect(json).toEqual({
    code: expect.stringMatching(/^[A-Z_]+$/),
    message: expect.stringMatching(/\S/),
    errors: errors === null ? null : errors.map(() => item),
  });
}
