import { z } from "zod";

/**
 * Where to copy checkpoints, as listed in AUDIT_CHECKPOINT_TARGETS. `name` contains no settings or secrets.
 */
export type TargetSettings =
  | { kind: "file"; name: string; directory: URL }
  | { kind: "https"; name: string; url: string }
  | {
      kind: "s3";
      name: string;
      bucket: string;
      /** The prefix of a copy's name: empty, or ending with a slash. */
      prefix: string;
      region: string | undefined;
      endpoint: string | undefined;
      lock: { mode: "COMPLIANCE" | "GOVERNANCE"; retainDays: number } | undefined;
    };

const S3Options = z
  .strictObject({
    region: z.string().min(1).optional(),
    endpoint: z.url({ protocol: /^https?$/ }).optional(),
    lock: z.enum(["COMPLIANCE", "GOVERNANCE"]).optional(),
    retain_days: z.coerce.number().int().min(1).max(36_500).optional(),
  })
  .refine(({ lock, retain_days }) => (lock === undefined) === (retain_days === undefined));

/** @returns undefined for text that is not a target */
function readTarget(text: string): TargetSettings | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || url.hash !== "") return undefined;
  switch (url.protocol) {
    case "file:":
      if (url.host !== "" || url.search !== "" || !url.pathname.endsWith("/")) return undefined;
      return { kind: "file", name: url.href, directory: url };
    case "http:":
    case "https:":
      return { kind: "https", name: url.origin + url.pathname, url: url.href };
    case "s3:":
      return readS3(url);
    default:
      return undefined;
  }
}

function readS3({ host, pathname, searchParams }: URL): TargetSettings | undefined {
  const { success, data } = S3Options.safeParse(Object.fromEntries(searchParams));
  if (!success || host === "" || searchParams.size !== new Set(searchParams.keys()).size) return undefined;
  const { region, endpoint, lock, retain_days: retainDays } = data;
  const prefix = decodeURIComponent(pathname)
    .replace(/^\/+/, "")
    .replace(/(?<=[^/])\/*$/, "/");
  return {
    kind: "s3",
    name: `s3://${host}/${prefix}${endpoint ? ` at ${new URL(endpoint).host}` : ""}`,
    bucket: host,
    prefix,
    region,
    endpoint,
    lock: lock && retainDays ? { mode: lock, retainDays } : undefined,
  };
}

/** The variable's value: targets separated by commas. */
export const CheckpointTargets = z
  .string()
  .default("")
  .transform((text) => text.split(",").flatMap((target) => target.trim() || []))
  .transform((texts, context) => {
    const targets = texts.map(readTarget);
    const isGood = targets.every((target) => target !== undefined);
    if (isGood && new Set(targets.map(({ name }) => name)).size === targets.length) return targets;
    context.addIssue({ code: "custom" });
    return z.NEVER;
  });
