import { describeReach } from "@/components/people/describe-reach";
import { ROLE_WORDS } from "@/components/people/role-words";
import { KeyValues } from "@/components/ui/key-values";
import { Panel } from "@/components/ui/panel";
import type { PersonReach } from "@/lib/contract/people";
import type { Role } from "@/lib/states/permissions";

type Props = {
  name: string;
  email: string;
  role: Role | null;
  reach: PersonReach;
  orgNames: Record<string, string>;
};

/** What an admin has decided about the signed-in person. */
export function AccountFacts({ name, email, role, reach, orgNames }: Props) {
  return (
    <Panel id="facts" title="Details">
      <KeyValues
        items={[
          { name: "Name", value: name },
          { name: "Email", value: email },
          { name: "Role", value: role && ROLE_WORDS[role].word },
          { name: "Customer access", value: describeReach(reach, orgNames) },
        ]}
      />
    </Panel>
  );
}
