import type { ClientBase } from "pg";
import type { DemoCustomer } from "@/demo/start/customers";
import { sealSecret } from "@/lib/callbacks/seal-secret";
import { hashKey } from "@/lib/identity/key";
import { keyPrefix } from "@/lib/states/key";
import { DEMO_INTEGRATIONS, webhookUrlOf } from "./customers";

export type Introduction = {
  customers: readonly DemoCustomer[];
  /** The origin of the endpoint that plays all customers. */
  origin: string;
  /** One of ENCRYPTION_KEYS. */
  encryptionKey: string;
};

/**
 * Inserts the customers' missing keys, callback secrets and webhooks. Existing rows stay unchanged, except
 * webhook URLs, which follow the endpoint when it moves.
 * @param since their creation time
 */
export async function introduceCustomers(
  client: ClientBase,
  { customers, origin, encryptionKey }: Introduction,
  since: Date,
): Promise<void> {
  const { rows } = await client.query<{ id: string; slug: string }>("SELECT id, slug FROM organizations");
  for (const customer of customers) {
    const orgId = rows.find(({ slug }) => slug === customer.slug)?.id;
    if (orgId === undefined) continue;
    await insertKey(client, customer, orgId, since);
    await insertSecrets(client, customer, orgId, encryptionKey, since);
    await insertWebhooks(client, customer, orgId, origin, since);
  }
}

async function insertKey(client: ClientBase, { key }: DemoCustomer, orgId: string, since: Date) {
  await client.query(
    `INSERT INTO api_keys (id, kind, name, prefix, hash, owner_id, created_by, org_id, scopes, created_at)
     SELECT $1, 'inference', 'Storefront', $2, $3, p.id, p.id, $4, '{}', $5 FROM people p
     WHERE p.kind = 'customer' AND p.org_id = $4 ORDER BY p.id LIMIT 1 ON CONFLICT DO NOTHING`,
    [key.id, keyPrefix(key.text), Buffer.from(hashKey(key.text)), orgId, since],
  );
}

/** An organization that has callback secrets keeps them. */
async function insertSecrets(
  client: ClientBase,
  { secrets }: DemoCustomer,
  orgId: string,
  encryptionKey: string,
  since: Date,
) {
  const ids = secrets.map(({ id }) => id);
  for (const [index, { id, text }] of secrets.entries()) {
    await client.query(
      `INSERT INTO callback_secrets (id, org_id, ciphertext, hint, is_current, created_at, promoted_at)
       SELECT $1, $2, $3, $4, $5::boolean, $6::timestamptz, CASE WHEN $5 THEN $6 END
       WHERE NOT EXISTS (SELECT FROM callback_secrets WHERE org_id = $2 AND id <> ALL ($7)) ON CONFLICT DO NOTHING`,
      [
        id,
        orgId,
        Buffer.from(sealSecret(text, { orgId, secretId: id }, [encryptionKey])),
        text.slice(-4),
        index === 0,
        since,
        ids,
      ],
    );
  }
}

async function insertWebhooks(
  client: ClientBase,
  { slug, webhookIds }: DemoCustomer,
  orgId: string,
  origin: string,
  since: Date,
) {
  const { webhooks } = DEMO_INTEGRATIONS.find((integration) => integration.slug === slug)!;
  for (const [index, { description, events, isDisabled }] of webhooks.entries()) {
    await client.query(
      `INSERT INTO webhooks AS w (id, org_id, url, event_types, description, is_enabled, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
       ON CONFLICT (id) DO UPDATE SET url = EXCLUDED.url WHERE w.url <> EXCLUDED.url AND w.url LIKE 'http://127.0.0.1:%'`,
      [
        webhookIds[index],
        orgId,
        webhookUrlOf(origin, slug, index + 1),
        events,
        description,
        !isDisabled,
        since,
      ],
    );
  }
}
