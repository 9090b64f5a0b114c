import { ApiError } from "@/lib/client/api-error";
import type { Person } from "@/lib/contract/people";
import type { Role } from "@/lib/states/permissions";

/** What is chosen in a form. */
export type PersonDraft = { name: string; email: string; role: Role; reach: Person["reach"] };

type Problems = Partial<Record<keyof PersonDraft, string>>;

/** What is wrong with each field: what can be seen here, or what the server said of it. */
export function findProblems(draft: PersonDraft, error: Error | null, isAsked: boolean): Problems {
  const items = (error instanceof ApiError && error.errors) || [];
  const at = (field: string) => items.find(({ loc }) => loc[0] === "body" && loc[1] === field)?.msg;
  const missing: Problems = {
    ...(!draft.name.trim() && { name: "Enter the name." }),
    ...(!draft.email.trim() && { email: "Enter the e-mail address." }),
    ...(!draft.reach.all && !draft.reach.org_ids?.length && { reach: "Choose at least one customer." }),
  };
  const taken = items.find(({ type }) => type === "email_taken")?.msg;
  const said: Problems = {};
  for (const field of ["name", "email", "role", "reach"] as const) {
    const message =
      (isAsked ? missing[field] : undefined) ?? at(field) ?? (field === "email" ? taken : undefined);
    if (message) said[field] = message;
  }
  return said;
}
