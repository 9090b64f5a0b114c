import { ADMIN_SCOPE, PERMISSIONS, type Permission } from "@/lib/states/permissions";

export type Scope = Permission | typeof ADMIN_SCOPE;

export const PRESETS = ["cancel", "read", "owner", "custom"] as const;
/** What a service key is usually for; `custom` is what somebody ticks one by one. */
export type Preset = (typeof PRESETS)[number];

export const PRESET_WORDS: Record<Preset, { name: string; about: string }> = {
  cancel: { name: "Cancel and read runs", about: "For a support tool that looks a run up and cancels it." },
  read: {
    name: "Read only",
    about: "Runs, the audit trail, balances and whatever else its owner may see. It changes nothing.",
  },
  owner: {
    name: "Everything its owner may",
    about: "Its only scope is admin. It follows its owner’s role, also when that changes.",
  },
  custom: { name: "Custom", about: "Choose each scope." },
};

export const PRESET_SCOPES: Record<Exclude<Preset, "custom">, readonly Scope[]> = {
  cancel: [ADMIN_SCOPE, "runs.read", "runs.cancel"],
  read: [ADMIN_SCOPE, ...PERMISSIONS.filter((permission) => permission.endsWith(".read"))],
  owner: [ADMIN_SCOPE],
};
