import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { productionCommands } from "@/scripts/package/production-commands";
import { type Helm, unpackHelm } from "@/test/helm";
import { readImage } from "@/test/image";
import { findManifestProblems, type Manifest } from "@/test/kubernetes";

const CHART = "deploy/helm/runflow";
const image = readImage();
let helm: Helm;

beforeAll(async () => void (helm = await unpackHelm()));
afterAll(() => helm.remove());

const set = (...values: string[]) => values.flatMap((value) => ["--set", value]);

async function render(...values: string[]): Promise<Manifest[]> {
  const { code, output } = await helm.run(["template", "rf", CHART, ...set(...values)]);
  expect({ code, output }).toMatchObject({ code: 0 });
  return parseAllDocuments(output).flatMap((document) => (document.toJS() as Manifest | null) ?? []);
}

/** With everything that can be turned on. */
const EVERYTHING = [
  "serviceMonitor.enabled=true",
  "serviceMonitor.labels.release=prometheus",
  "firstAdmin.name=Ada Byron",
  "firstAdmin.email=ada@example.com",
  "image.digest=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  "imagePullSecrets[0].name=registry",
  "web.env.SECOND_FACTOR=required",
  "worker.env.LOG_LEVEL=warn",
  "ingress.className=nginx",
  "ingress.annotations.example=yes",
  "networkPolicy.ingressFrom[0].namespaceSelector.matchLabels.name=ingress",
  "networkPolicy.metricsFrom[0].namespaceSelector.matchLabels.name=monitoring",
  "networkPolicy.databaseTo[0].ipBlock.cidr=10.1.2.3/32",
];
const NOTHING = ["web.autoscaling", "migrate", "ingress", "networkPolicy"].map(
  (part) => `${part}.enabled=false`,
);
const VARIANTS: [name: string, values: string[]][] = [
  ["the defaults", []],
  ["everything on", EVERYTHING],
  ["everything off", NOTHING],
];

describe.each(VARIANTS)("chart with %s", (_name, values) => {
  test("lint: passes strictly", async () => {
    const { code, output } = await helm.run(["lint", "--strict", CHART, ...set(...values)]);
    expect({ code, output }).toMatchObject({ code: 0 });
  });

  test("manifests: match the API's schemas, without unknown fields", async () => {
    const manifests = await render(...values);
    expect(manifests.length).toBeGreaterThan(5);
    for (const manifest of manifests) {
      expect({ [manifest.kind]: await findManifestProblems(manifest) }).toEqual({ [manifest.kind]: [] });
    }
  });

  test("pods: another user, read-only, without privileges, token or rights", async () => {
    const pods = (await render(...values)).flatMap(readPods);
    expect(pods.length).toBeGreaterThanOrEqual(2);
    for (const { spec } of pods) {
      expect(spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: image.uid,
          runAsGroup: image.gid,
          seccompProfile: { type: "RuntimeDefault" },
        },
      });
      for (const each of spec.containers) {
        expect(each.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
        expect(each.resources).toMatchObject({ requests: { cpu: expect.any(String) }, limits: {} });
        expect(each.resources.limits.memory).toMatch(/^\d+Mi$/);
      }
    }
  });

  test("secrets: by reference only", async () => {
    const manifests = await render(...values);
    expect(manifests.map(({ kind }) => kind)).not.toContain("Secret");
    const names = manifests
      .flatMap(readPods)
      .flatMap(({ spec }) => spec.containers.flatMap(({ env = [] }) => env.map(({ name }) => name)));
    expect(names.filter((name) => /SECRET|PASSWORD|KEYS?$|TOKEN|DATABASE_URL/.test(name))).toEqual([]);
  });
});

type Container = {
  image: string;
  args?: string[];
  env?: { name: string; value: string }[];
  securityContext: object;
  resources: { requests: object; limits: { memory: string } };
  livenessProbe?: object;
  readinessProbe?: object;
  startupProbe?: object;
};
type Pod = { spec: { containers: Container[]; terminationGracePeriodSeconds?: number } };

const readPods = ({ spec }: Manifest): Pod[] => {
  const { template } = (spec ?? {}) as { template?: Pod };
  return template ? [template] : [];
};

test("commands: exist in the image; without arguments, the image's own", async () => {
  const containers = (await render(...EVERYTHING)).flatMap(readPods).flatMap(({ spec }) => spec.containers);
  const commands = containers.map(({ args = image.command }) => args[0]);
  expect(commands.toSorted()).toEqual([
    "bin/invite-admin.js",
    "bin/migrate.js",
    "bin/serve.js",
    "bin/worker.js",
  ]);
  const built = productionCommands().map((source) => source.replace(/^scripts\/(.+)\.ts$/, "bin/$1.js"));
  expect(built).toEqual(expect.arrayContaining(commands));
});

test("web servers and workers: probed at start, for life and for readiness; spread, budgeted, drained", async () => {
  const manifests = await render();
  for (const name of ["rf-web", "rf-worker"]) {
    const deployment = manifests.find(
      ({ kind, metadata }) => kind === "Deployment" && metadata.name === name,
    )!;
    const [pod] = readPods(deployment);
    expect(pod!.spec).toMatchObject({
      terminationGracePeriodSeconds: 30,
      topologySpreadConstraints: [{ maxSkew: 1 }, { maxSkew: 1 }],
    });
    const probe = { httpGet: { path: expect.stringMatching(/^\//) } };
    const probes = { startupProbe: probe, livenessProbe: probe, readinessProbe: probe };
    expect(pod!.spec.containers[0]).toMatchObject(probes);
    const budget = manifests.find(
      ({ kind, metadata }) => kind === "PodDisruptionBudget" && metadata.name === name,
    );
    expect(budget).toMatchObject({ spec: { maxUnavailable: 1 } });
  }
});

test("app version: that of package.json", async () => {
  const { version } = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
  expect(await readFile(`${CHART}/Chart.yaml`, "utf8")).toContain(`appVersion: "${version}"`);
});

describe("controls", () => {
  test.each([
    ["an unknown value", "web.replica=3"],
    ["a tag that moves", "image.tag=latest"],
    ["no replicas", "web.replicas=0"],
    ["a URL without TLS", "url=http://console.example.com"],
    ["a secret's name that isn't one", "secrets.web=Not_A_Name"],
  ])("values with %s are refused", async (_what, value) => {
    const { code, output } = await helm.run(["template", "rf", CHART, ...set(value)]);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining("values") });
  });

  test("a template that doesn't parse is refused by lint", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "runflow-chart-"));
    await cp(CHART, folder, { recursive: true });
    await writeFile(path.join(folder, "templates/broken.yaml"), "kind: {{ .Values.nothing.here }}\n");
    const { code } = await helm.run(["lint", "--strict", folder]);
    await rm(folder, { recursive: true });
    expect(code).toBe(1);
  });

  test("a manifest with a wrong type, an unknown field or an unknown kind is refused", async () => {
    const [deployment] = (await render()).filter(({ kind }) => kind === "Deployment");
    const spec = deployment!.spec as object;
    const problems = (change: object) => findManifestProblems({ ...deployment!, ...change });
    expect(await problems({})).toEqual([]);
    expect(await problems({ spec: { ...spec, replicas: "two" } })).toEqual([
      expect.stringContaining("/spec/replicas"),
    ]);
    expect(await problems({ spec: { ...spec, replica: 2 } })).toEqual(["Deployment.spec.replica is unknown"]);
    expect(await problems({ specs: {} })).toEqual(["Deployment.specs is unknown"]);
    expect(await problems({ kind: "Deploiment" })).toEqual(["no schema for apps/v1 Deploiment"]);
  });
});
