import { z } from "zod";

/** Raise it when an older version could misread a new backup. */
export const FORMAT = 1;

export const MANIFEST_FILE = "manifest.json";

const Name = z.string().regex(/^[a-z_0-9]+$/);

const Table = z.object({
  schema: Name,
  name: Name,
  /** Without generated ones, in the file's order. */
  columns: z.array(z.object({ name: Name, type: z.string() })).min(1),
  rows: z.int(),
  /** In the backup's folder. */
  file: z.string().regex(/^[a-z_0-9.]+$/),
  bytes: z.int(),
  /** Of the compressed file, in hex. */
  sha256: z.string().length(64),
});
export type TableBackup = z.infer<typeof Table>;

const Partition = z.object({
  parent: Name,
  schema: Name,
  name: Name,
  bound: z.string().regex(/^FOR VALUES FROM \((MINVALUE|'[-+: 0-9]+')\) TO \('[-+: 0-9]+'\)$/),
});
export type Partition = z.infer<typeof Partition>;

/** What a backup contains. Written last, so that a folder without it is no backup. */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  created_at: z.iso.datetime(),
  version: z.string(),
  postgres: z.string(),
  /** The schema's level: all migrations, in order, and the queue's latest. */
  migrations: z.array(z.string()).min(1),
  queue_migration: z.int(),
  tables: z.array(Table).min(1),
  partitions: z.array(Partition),
  sequences: z.array(z.object({ schema: Name, name: Name, value: z.string(), is_called: z.boolean() })),
  trail: z.object({
    last_position: z.string().nullable(),
    unsealed: z.int(),
    checkpoint: z.object({ number: z.string(), position: z.string(), root: z.string() }).nullable(),
    verifier_keys: z.array(z.string()),
    /** Months whose entries are only in their archive files. */
    retired_months: z.array(z.string()),
  }),
  /** Secrets that the backup needs and doesn't contain. */
  secrets: z.array(z.object({ name: z.string(), needed_for: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

export const SECRETS: Manifest["secrets"] = [
  {
    name: "ENCRYPTION_KEYS",
    needed_for: "callback secrets, authenticator apps and queued email; without them, these are lost",
  },
  { name: "NEXTAUTH_SECRET", needed_for: "sessions; with another one, everyone signs in again" },
  { name: "CURSOR_SECRET", needed_for: "page cursors that clients hold" },
  { name: "PROVIDER_SECRETS", needed_for: "the provider's events" },
  {
    name: "AUDIT_SIGNING_KEYS",
    needed_for: "new checkpoints under a verifier key that others already trust",
  },
  { name: "AUDIT_FORWARD_SECRET", needed_for: "forwarding and copies of checkpoints, if they are set up" },
  { name: "OIDC_PROVIDERS", needed_for: "single sign-on, with its client secrets, if it is set up" },
  { name: "SMTP_URL", needed_for: "email, with its password, if it is set up" },
];
