import type { Role } from "@/lib/states/permissions";

/** What a role is called, and what it is for. */
export const ROLE_WORDS: Record<Role, { word: string; about: string }> = {
  support: { word: "Support", about: "Looks runs up, cancels them, reads the audit trail." },
  auditor: { word: "Auditor", about: "Reads and exports, and changes nothing." },
  admin: { word: "Admin", about: "All of that, and keys, people, webhooks and models." },
};

export const ROLES = Object.keys(ROLE_WORDS) as Role[];
