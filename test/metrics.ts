export const TEST_METRICS_TOKEN = "metrics-token-for-tests-0123456789ab";

/** Values by name and labels, as in `runflow_jobs_failed{task="make_months"}`. */
export type Readings = Map<string, number>;

/** Reads the metrics in Prometheus's text format. */
export function parseMetrics(text: string): Readings {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

export async function scrape(baseUrl: string): Promise<Readings> {
  const response = await fetch(`${baseUrl}/metrics`, {
    headers: { Authorization: `Bearer ${TEST_METRICS_TOKEN}` },
  });
  if (response.status !== 200) throw new Error(`${baseUrl}/metrics answered ${response.status}`);
  return parseMetrics(await response.text());
}
