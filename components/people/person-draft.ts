import type { Person, UpdatePersonBody } from "@/lib/contract/people";
import type { Role } from "@/lib/states/permissions";
import type { StaffPerson } from "./staff-person";

/** What a form about a person holds. */
export type PersonDraft = { name: string; email: string; role: Role; reach: Person["reach"] };

/** What the form asks for before anything is sent. */
export const findMissing = ({ name, email, reach }: PersonDraft) => ({
  name: !name.trim() && "Enter a name.",
  email: !email.trim() && "Enter an email address.",
  reach: !reach.all && !reach.org_ids?.length && "Choose at least one customer.",
});

/** Only what differs is sent: what a colleague has changed meanwhile stays. */
export function changesOf(person: StaffPerson, { name, role, reach }: PersonDraft): UpdatePersonBody {
  const sorted = (ids: string[] | null) => ids?.toSorted().join();
  const isSameReach =
    reach.all === person.reach.all && sorted(reach.org_ids) === sorted(person.reach.org_ids);
  return {
    ...(name.trim() !== person.name && { name }),
    ...(role !== person.role && { role }),
    ...(!isSameReach && { reach }),
  };
}
