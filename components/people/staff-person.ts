import type { Person } from "@/lib/contract/people";
import type { Role } from "@/lib/states/permissions";

export type StaffPerson = Person & { role: Role };
