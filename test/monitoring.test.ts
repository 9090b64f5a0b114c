import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parser } from "@prometheus-io/lezer-promql";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { METRICS } from "@/lib/platform/metrics/names";

type Rule = {
  alert: string;
  expr: string;
  for: string;
  labels: { severity: string };
  annotations: { summary: string; runbook_url: string };
};
type Case = { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] };
type Panel = { title: string; description?: string; targets?: { expr: string }[] };

const FOLDER = "deploy/monitoring";
const read = (name: string) => readFileSync(`${FOLDER}/${name}`, "utf8");
const rules = (parse(read("alerts.yml")) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
);
const cases = (parse(read("alerts.test.yml")) as { tests: Case[] }).tests.flatMap(
  (each) => each.alert_rule_test,
);
const dashboard = JSON.parse(read("dashboard.json")) as { panels: Panel[] };
const runbook = readFileSync("docs/alerts.md", "utf8");

/** Metrics that we don't define: of Prometheus itself, and of the library for every process. */
const FOREIGN = ["up", "process_resident_memory_bytes", "nodejs_eventloop_lag_p99_seconds"];

/** Grafana's variables, as it fills them in. */
const fill = (expr: string) => expr.replaceAll("$__rate_interval", "5m").replaceAll("$job", ".+");

/** The metrics that an expression names. @throws for one that isn't PromQL */
function readMetrics(expr: string): string[] {
  const found: string[] = [];
  parser.parse(expr).iterate({
    enter({ type, from, to, node }) {
      if (type.isError) throw new Error(`not PromQL at ${from}: ${expr}`);
      if (type.name === "Identifier" && node.parent?.name === "VectorSelector")
        found.push(expr.slice(from, to));
    },
  });
  return found;
}

/** Those that no process has. A histogram's parts have suffixes. */
const unknownIn = (expr: string): string[] =>
  readMetrics(expr).filter(
    (name) => !(name.replace(/_(bucket|count|sum)$/, "") in METRICS) && !FOREIGN.includes(name),
  );

const anchor = (heading: string) => heading.toLowerCase().replaceAll(" ", "-");
const headings = [...runbook.matchAll(/^## (.+)$/gm)].map((match) => match[1]!);

test.each(rules)("alert $alert: names existing metrics, and has its paragraph and its tests", (rule) => {
  expect(unknownIn(rule.expr)).toEqual([]);
  expect(["critical", "warning"]).toContain(rule.labels.severity);
  const heading = headings.find((each) => rule.annotations.runbook_url === `docs/alerts.md#${anchor(each)}`);
  const [, paragraph = ""] = runbook.split(`\n## ${heading}\n`);
  expect(paragraph.split("\n## ")[0]).toMatch(
    new RegExp(`^\n\`${rule.alert}\`, ${rule.labels.severity}: [^]+Customers notice[^]+Look at[^]+Do\\*\\*`),
  );
  const own = cases.filter(({ alertname }) => alertname === rule.alert);
  expect(own.some(({ exp_alerts }) => exp_alerts.length > 0)).toBe(true);
  expect(own.some(({ exp_alerts }) => exp_alerts.length === 0)).toBe(true);
});

test("runbook: has no paragraph without an alert", () => {
  expect(headings).toHaveLength(rules.length);
});

const panels = dashboard.panels.filter(({ targets }) => targets);

test.each(panels)("panel $title: names existing metrics", ({ targets, description }) => {
  expect(targets!.flatMap(({ expr }) => unknownIn(fill(expr)))).toEqual([]);
  expect(description).toMatch(/\.$/);
});

test("dashboard: shows every metric", () => {
  const shown = panels.flatMap(({ targets }) => targets!.flatMap(({ expr }) => readMetrics(fill(expr))));
  const names = new Set(shown.map((name) => name.replace(/_bucket$/, "")));
  expect(Object.keys(METRICS).filter((name) => !names.has(name))).toEqual([]);
});

test("expression with a mistake: found", () => {
  expect(unknownIn("max(runflow_seal_lag) > 1")).toEqual(["runflow_seal_lag"]);
  expect(() => unknownIn("max(runflow_seal_lag_seconds > 1")).toThrow(/not PromQL/);
});

/** Prometheus's own tool runs the rules' tests where it is installed. */
test("promtool, if there is one: the rules' tests pass", () => {
  const isInstalled = spawnSync("promtool", ["--version"]).status === 0;
  const run = () =>
    execFileSync("promtool", ["test", "rules", "alerts.test.yml"], { cwd: FOLDER, encoding: "utf8" });
  expect(isInstalled ? run() : "no promtool").toMatch(/SUCCESS|^no promtool$/);
});
