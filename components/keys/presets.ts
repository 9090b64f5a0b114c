import { ADMIN_SCOPE, PERMISSIONS, type Permission } from "@/lib/states/permissions";

export type Scope = Permission | typeof ADMIN_SCOPE;

export const SCOPES: readonly Scope[] = [ADMIN_SCOPE, ...PERMISSIONS];

export const PRESETS = ["cancel", "read", "owner", "custom"] as const;
/** The common uses of a service key; `custom` lists the scopes one by one. */
export type Preset = (typeof PRESETS)[number];

export const PRESET_WORDS: Record<Preset, { name: string; about: string }> = {
  cancel: { name: "Cancel and read runs", about: "For a support tool that finds and cancels runs." },
  read: {
    name: "Read only",
    about: "For reports: runs, the audit trail, balances and more. It changes nothing.",
  },
  owner: {
    name: "Everything its owner may do",
    about: "Its only scope is admin. Follows its owner’s role when that changes.",
  },
  custom: { name: "Custom", about: "Choose the scopes one by one." },
};

export const PRESET_SCOPES: Record<Exclude<Preset, "custom">, readonly Scope[]> = {
  cancel: [ADMIN_SCOPE, "runs.read", "runs.cancel"],
  read: [ADMIN_SCOPE, ...PERMISSIONS.filter((permission) => permission.endsWith(".read"))],
  owner: [ADMIN_SCOPE],
};
