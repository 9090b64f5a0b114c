import type { BenchEnv } from "./bench-env";

type Request = { method?: string; body?: unknown; key?: string };

/** @returns the time until the response's last byte, in milliseconds */
export async function timeAnswer(benchEnv: BenchEnv, path: string, request?: Request): Promise<number> {
  const startedAt = performance.now();
  await (await ask(benchEnv, path, request)).arrayBuffer();
  return performance.now() - startedAt;
}

/** @throws unless the response is a success */
export async function ask(benchEnv: BenchEnv, path: string, request: Request = {}): Promise<Response> {
  const { method = "GET", body, key = benchEnv.key } = request;
  const response = await fetch(benchEnv.server.baseUrl + path, {
    method,
    headers: {
      Authorization: `Bearer ${key}`,
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} returned ${response.status}: ${await response.text()}`);
  return response;
}
