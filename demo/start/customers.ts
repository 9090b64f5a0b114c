import { randomBytes } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { DEMO_INTEGRATIONS } from "@/demo/seed/customers";
import { generateKey } from "@/lib/identity/key";
import { readPrivateJson, writePrivateJson } from "./private-file";

type Secret = { id: string; text: string };

/** A customer's plaintext secrets, with the IDs of their database rows. */
export type DemoCustomer = {
  /** The organization's slug. */
  slug: string;
  /** Its inference key. */
  key: Secret;
  /** Its callback secrets, the current one first. */
  secrets: Secret[];
  webhookIds: string[];
};

/**
 * The customers' secrets: random, created once per seeding, in a file that only its owner can read. They are
 * written before the database gets them, so that an interrupted start continues with the same ones.
 */
export async function keepCustomers(file: string): Promise<DemoCustomer[]> {
  const kept = await readPrivateJson<DemoCustomer[]>(file);
  if (kept) return kept;
  const made = makeCustomers();
  await writePrivateJson(file, made);
  return made;
}

export const makeCustomers = (): DemoCustomer[] =>
  DEMO_INTEGRATIONS.map(({ slug, secrets, webhooks }) => ({
    slug,
    key: { id: uuidv7(), text: generateKey("inference") },
    secrets: Array.from({ length: secrets }, () => ({ id: uuidv7(), text: makeSecret() })),
    webhookIds: webhooks.map(() => uuidv7()),
  }));

const makeSecret = (): string => `rf_whs_${randomBytes(32).toString("base64url")}`;
