import { Check, Minus } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import { Panel } from "@/components/ui/panel";
import type { Permission, Role } from "@/lib/states/permissions";
import { PERMISSION_WORDS } from "./permission-words";
import { ROLE_WORDS } from "./role-words";

type Props = { role: Role; permitted: readonly Permission[]; all: readonly Permission[] };

/** What a role permits, and what it doesn't. */
export function RolePanel({ role, permitted, all }: Props) {
  return (
    <Panel id="role-permits" title={`What the role ${ROLE_WORDS[role].word} permits`}>
      <ul className="grid gap-x-4 px-4 py-2 sm:grid-cols-2 xl:grid-cols-1">
        {all.map((permission) => {
          const isPermitted = permitted.includes(permission);
          const Icon = isPermitted ? Check : Minus;
          return (
            <li
              key={permission}
              title={permission}
              className={cx("flex items-center gap-2 py-1", !isPermitted && "text-ink-faint")}
            >
              <Icon aria-hidden className={cx("size-3.5 shrink-0", isPermitted && "text-success")} />
              <span>
                {!isPermitted && <span className="sr-only">Not: </span>}
                {PERMISSION_WORDS[permission]}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
