import { randomUUID } from "node:crypto";
import { signProviderEvent } from "@/lib/runs/provider-signature";
import type { ProviderEventBody } from "@/lib/contract/provider";
import { TEST_PROVIDER_SECRET } from "@/test/server";

type Report = Omit<Partial<ProviderEventBody>, "event_id" | "occurred_at"> &
  Pick<ProviderEventBody, "status_code">;

/** The provider reports a run's status to the server, with its signature. */
export async function reportAsProvider(baseUrl: string, runId: string, report: Report): Promise<void> {
  const body = JSON.stringify({
    event_id: randomUUID(),
    occurred_at: new Date().toISOString(),
    ...(report.status_code === "succeeded" && { output: { outputs: ["https://cdn.example/1.png"] } }),
    ...report,
  });
  const response = await fetch(`${baseUrl}/v1/provider/runs/${runId}/events`, {
    method: "POST",
    headers: { "Runflow-Signature": signProviderEvent(TEST_PROVIDER_SECRET, body) },
    body,
  });
  if (!response.ok) throw new Error(`The event was refused: ${response.status} ${await response.text()}`);
}
