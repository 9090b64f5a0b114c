/** What a caller may do. Roles are sets of these; a service key's scopes name them one by one. */
export const PERMISSIONS = [
  "runs.read",
  "runs.create",
  "runs.cancel",
  "runs.cancel.bulk",
  "runs.payload.reveal",
  "audit.read",
  "audit.export",
  "audit.checkpoint",
  "security.read",
  "keys.manage",
  "people.manage",
  "models.manage",
  "webhooks.manage",
  "deliveries.redeliver",
  "billing.read",
  "operations.read",
  "views.manage",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ["support", "auditor", "admin"] as const;
export type Role = (typeof ROLES)[number];

const SUPPORT: Permission[] = [
  "runs.read",
  "runs.cancel",
  "runs.payload.reveal",
  "audit.read",
  "deliveries.redeliver",
  "billing.read",
];
const AUDITOR: Permission[] = [
  "runs.read",
  "audit.read",
  "audit.export",
  "audit.checkpoint",
  "security.read",
  "billing.read",
];

export const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  support: SUPPORT,
  auditor: AUDITOR,
  admin: PERMISSIONS.filter((permission) => permission !== "runs.create"),
};

/** What a customer's key may do, and only for its own organization. */
export const INFERENCE_PERMISSIONS: readonly Permission[] = [
  "runs.read",
  "runs.create",
  "webhooks.manage",
  "deliveries.redeliver",
  "billing.read",
];

/** Admits a service key to `/v1/admin`; it grants nothing by itself. */
export const ADMIN_SCOPE = "admin";

export const isPermission = (text: string): text is Permission => PERMISSIONS.some((known) => known === text);
