import type { ChosenReach } from "@/components/reach/reach-choice";
import type { Person, UpdatePersonBody } from "@/lib/contract/people";
import type { Role } from "@/lib/states/permissions";
import type { StaffPerson } from "./staff-person";

/** The form values of a person. */
export type PersonDraft = { name: string; email: string; role: Role; reach: ChosenReach };

/** Validation messages, checked before sending. */
export const findMissing = ({ name, email, reach }: PersonDraft) => ({
  name: !name.trim() && "Enter a name.",
  email: !email.trim() && "Enter an email address.",
  reach: !reach.all && reach.customers.length === 0 && "Choose at least one customer.",
});

const toReach = ({ all, customers }: ChosenReach) => ({
  all,
  org_ids: all ? null : customers.map(({ id }) => id),
});

export const toBody = ({ reach, ...draft }: PersonDraft) => ({ ...draft, reach: toReach(reach) });

/** What a second person is to approve: making this person an admin. */
export const grantOf = ({ email, reach }: Pick<Person, "email" | "reach">) =>
  ({ kind: "person.grant_admin", email: email.trim(), reach }) as const;

/** Sends only changed fields, so that a colleague's concurrent changes stay. */
export function changesOf(person: StaffPerson, draft: PersonDraft): UpdatePersonBody {
  const { name, role, reach } = toBody(draft);
  const sorted = (ids: string[] | null) => ids?.toSorted().join();
  const isSameReach =
    reach.all === person.reach.all && sorted(reach.org_ids) === sorted(person.reach.org_ids);
  return {
    ...(name.trim() !== person.name && { name }),
    ...(role !== person.role && { role }),
    ...(!isSameReach && { reach }),
  };
}
