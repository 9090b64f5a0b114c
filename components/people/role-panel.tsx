import { Check } from "lucide-react";
import { Panel } from "@/components/ui/panel";
import { PERMISSIONS, type Permission, ROLE_PERMISSIONS, ROLES, type Role } from "@/lib/states/permissions";
import { PERMISSION_WORDS } from "./permission-words";
import { ROLE_WORDS } from "./role-words";

/** A role's permissions; permissions that only other roles have are folded. */
export function RolePanel({ role }: { role: Role }) {
  const [permitted, others] = [true, false].map((isPermitted) =>
    PERMISSIONS.filter(
      (permission) =>
        ROLES.some((each) => ROLE_PERMISSIONS[each].includes(permission)) &&
        ROLE_PERMISSIONS[role].includes(permission) === isPermitted,
    ),
  ) as [Permission[], Permission[]];
  return (
    <Panel id="role-permits" title={`Role: ${ROLE_WORDS[role].word}`}>
      <p className="text-ink-muted px-4 pt-3">{ROLE_WORDS[role].about}</p>
      <ul className="grid gap-x-4 px-4 py-2 sm:grid-cols-2 xl:grid-cols-1">
        {permitted.map((permission) => (
          <li key={permission} title={permission} className="flex items-center gap-2 py-0.5">
            <Check aria-hidden className="text-success size-3.5 shrink-0" />
            {PERMISSION_WORDS[permission]}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <details className="border-t px-4 py-2">
          <summary className="text-accent w-fit py-0.5">{others.length} permissions not included</summary>
          <ul className="text-ink-muted mt-1 grid gap-x-4 sm:grid-cols-2 xl:grid-cols-1">
            {others.map((permission) => (
              <li key={permission} title={permission} className="py-0.5">
                {PERMISSION_WORDS[permission]}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}
