import type { Role } from "@/lib/states/permissions";

/** The demo's staff. */
export type DemoStaff = {
  name: string;
  role: Role;
  /** The slugs of their organizations; absent: all. */
  reach?: readonly string[];
  state?: "disabled" | "unverified";
};

export const DEMO_STAFF: readonly DemoStaff[] = [
  { name: "Amara Okafor", role: "support" },
  { name: "Tomás Herrera", role: "support" },
  { name: "Freya Lindqvist", role: "support" },
  { name: "Kenji Watanabe", role: "support", reach: ["nordlicht", "papaya"] },
  { name: "Sofia Marchetti", role: "support", reach: ["nordlicht", "atelier-minuit"] },
  { name: "Liam Gallagher", role: "support", reach: ["tidewater"] },
  { name: "Noor Haddad", role: "support", reach: ["papaya"] },
  { name: "Ingrid Solberg", role: "auditor" },
  { name: "Rajesh Iyer", role: "auditor", reach: ["nordlicht", "kestrel-loom"] },
  { name: "Beatriz Almeida", role: "admin" },
  { name: "Daniel Novák", role: "admin" },
  { name: "Grace Mbeki", role: "admin", reach: ["marula", "basalt"] },
  { name: "Viktor Lang", role: "support", state: "disabled" },
  { name: "Yuki Tanabe", role: "admin", state: "unverified" },
];
