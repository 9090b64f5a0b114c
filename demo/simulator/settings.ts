import { z } from "zod";
import { EnvironmentError } from "@/lib/platform/env/env";

const SCHEMA = {
  BASE_URL: z.url({ protocol: /^https?$/ }).describe("the API's URL, such as http://127.0.0.1:3000"),
  PROVIDER_SECRET: z.string().min(32).describe("one of the API's PROVIDER_SECRETS; it signs the events"),
  CUSTOMERS_FILE: z
    .string()
    .min(1)
    .describe("the demo's customer file, with inference keys and callback secrets"),
  RECEIVER_PORT: z.coerce.number().int().min(1).max(65_535).describe("the port of the customers' endpoints"),
  SMTP_PORT: z.coerce.number().int().min(1).max(65_535).describe("the port of the people's mail server"),
  RUNS_PER_MINUTE: z.coerce
    .number()
    .min(0)
    .max(6_000)
    .default(30)
    .describe("how many runs to create; 0 for none"),
};

const Settings = z.object(SCHEMA);
export type Settings = z.infer<typeof Settings>;

/** @throws EnvironmentError with one line per missing or invalid variable; values are never repeated */
export function readSettings(source: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = Settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map((issue) => issue.path[0] as keyof typeof SCHEMA))];
  throw new EnvironmentError(
    names.map(
      (name) =>
        `${name} is ${given[name] === undefined ? "missing" : "invalid"}: ${SCHEMA[name].description}.`,
    ),
  );
}
