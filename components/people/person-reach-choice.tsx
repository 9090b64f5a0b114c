import { type Org, ReachChoice } from "@/components/reach/reach-choice";
import type { Person } from "@/lib/contract/people";

type Props = {
  orgs: readonly Org[];
  /** Whether whoever chooses reaches every customer themselves. */
  mayReachAll: boolean;
  chosen: Person["reach"];
  error: string | undefined;
  isLocked?: boolean;
  onChange: (reach: Person["reach"]) => void;
};

export function PersonReachChoice({ mayReachAll, chosen, onChange, ...props }: Props) {
  return (
    <ReachChoice
      {...props}
      name="reach"
      legend="Reaches"
      chosen={{ all: chosen.all, orgIds: chosen.org_ids ?? [] }}
      disabledReason={mayReachAll ? undefined : "You don’t reach all of them yourself."}
      none="You reach no customer yourself."
      onChange={({ all, orgIds }) => onChange({ all, org_ids: all ? null : [...orgIds] })}
    />
  );
}
