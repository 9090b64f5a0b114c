/** The seeded credentials. Only the demo keeps them: the database has hashes. */
export type DemoAccounts = {
  people: { name: string; email: string; password: string; role: string }[];
  keys: Record<DemoKeyName, string>;
  /**
   * The first is the organization of `inference`, `inference_of_staff` and `admin_one_org`, the second that
   * of `inference_other_org`.
   */
  orgs: { id: string; name: string }[];
};

export type DemoKeyName =
  | "admin"
  | "admin_one_org"
  | "svc_without_admin_scope"
  | "svc_read_only"
  | "svc_unverified_owner"
  | "svc_expired"
  | "svc_revoked"
  | "inference"
  | "inference_other_org"
  | "inference_of_staff";
