import type { UseFormRegisterReturn } from "react-hook-form";
import { ReachChoice } from "@/components/reach/reach-choice";
import { TextField } from "@/components/ui/field";
import type { PersonDraft } from "./person-draft";
import { RoleChoice } from "./role-choice";

type Props = {
  form: {
    values: PersonDraft;
    set: <Field extends keyof PersonDraft>(field: Field, value: PersonDraft[Field]) => void;
    register: (field: keyof PersonDraft) => UseFormRegisterReturn & { error: string | undefined };
    problemAt: (field: keyof PersonDraft) => string | undefined;
  };
  mayReachAll: boolean;
  /** The email address is set once, by the invitation. */
  hasEmail?: boolean;
};

/** A staff member's name, role and customers. */
export function PersonFields({ form, mayReachAll, hasEmail = false }: Props) {
  const { values, set, register, problemAt } = form;
  return (
    <>
      <TextField label="Name" {...register("name")} autoComplete="off" />
      {hasEmail && (
        <TextField label="Email" type="email" {...register("email")} autoComplete="off" spellCheck={false} />
      )}
      <RoleChoice chosen={values.role} error={problemAt("role")} onChange={(role) => set("role", role)} />
      <ReachChoice
        name="reach"
        legend="Customer access"
        disabledReason={mayReachAll ? undefined : "You don’t have access to all customers."}
        chosen={values.reach}
        error={problemAt("reach")}
        onChange={(reach) => set("reach", reach)}
      />
    </>
  );
}
