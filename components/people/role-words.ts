import type { Role } from "@/lib/states/permissions";

/** Each role's name and purpose. */
export const ROLE_WORDS: Record<Role, { word: string; about: string }> = {
  support: { word: "Support", about: "Finds and cancels runs, reads the audit trail." },
  auditor: { word: "Auditor", about: "Reads and exports. Changes nothing." },
  admin: { word: "Admin", about: "All of that, plus keys, people, webhooks and models." },
};

export const ROLES = Object.keys(ROLE_WORDS) as Role[];
