import { existsSync } from "node:fs";

export type Manifest = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  spec?: unknown;
};

type Model = new () => { validate(): void };

/** The API's own objects, then those of the Prometheus operator. */
const SCHEMAS = ["kubernetes-models", "@kubernetes-models/prometheus-operator"];

/**
 * Checks a manifest against the schema that Kubernetes publishes for its kind, strictly, as kubeconform does:
 * the schema ignores unknown fields, so each field that it didn't read is a problem too.
 * @returns the problems, each with its place
 */
export async function findManifestProblems(manifest: Manifest): Promise<string[]> {
  const { apiVersion, kind } = manifest;
  const home = SCHEMAS.find((name) => existsSync(`node_modules/${name}/${apiVersion}/${kind}.js`));
  if (!home) return [`no schema for ${apiVersion} ${kind}`];
  const models = (await import(`${home}/${apiVersion}/${kind}`)) as Record<string, Model>;
  const unread = new Set<string>();
  const problems: string[] = [];
  try {
    models[kind]!.prototype.validate.call(watchReads(manifest, kind, unread));
  } catch (error) {
    problems.push((error as Error).message);
  }
  return [...problems, ...[...unread].map((place) => `${place} is unknown`)];
}

/** Copies a value; `unread` holds the fields of the copy that nobody has read yet. */
function watchReads(value: unknown, place: string, unread: Set<string>): unknown {
  if (Array.isArray(value)) return value.map((each, index) => watchReads(each, `${place}[${index}]`, unread));
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, watchReads(child, `${place}.${key}`, unread)]),
  );
  for (const key of Object.keys(copy)) unread.add(`${place}.${key}`);
  return new Proxy(copy, {
    get: (target, key) => {
      unread.delete(`${place}.${String(key)}`);
      return Reflect.get(target, key) as unknown;
    },
  });
}
