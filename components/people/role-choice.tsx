import { FieldError } from "@/components/ui/field";
import type { Role } from "@/lib/states/permissions";
import { ROLE_WORDS, ROLES } from "./role-words";

type Props = {
  chosen: Role;
  error: string | undefined;
  onChange: (role: Role) => void;
};

/** Chooses a role; describes each one. */
export function RoleChoice({ chosen, error, onChange }: Props) {
  return (
    <fieldset aria-describedby={error ? "role-error" : undefined}>
      <legend className="font-medium">Role</legend>
      <div className="mt-1 grid gap-0.5">
        {ROLES.map((role) => (
          <label key={role} className="hover:bg-hover flex items-start gap-2.5 rounded px-1.5 py-1">
            <input
              type="radio"
              name="role"
              checked={role === chosen}
              onChange={() => onChange(role)}
              className="mt-1 size-3.5 shrink-0"
            />
            <span>
              {ROLE_WORDS[role].word}
              <span className="text-ink-muted block text-sm">{ROLE_WORDS[role].about}</span>
            </span>
          </label>
        ))}
      </div>
      <FieldError id="role" error={error} />
    </fieldset>
  );
}
