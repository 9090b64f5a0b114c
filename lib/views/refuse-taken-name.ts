import { isUniqueViolation } from "@/lib/platform/db/is-unique-violation";
import { conflict } from "@/lib/platform/errors";

/** @throws Refusal CONFLICT `view_name_taken` when the unique index shows that another save was first */
export async function refuseTakenName<T>(save: () => Promise<T>): Promise<T> {
  try {
    return await save();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw conflict("view_name_taken", "Its owner already has a view with this name.", ["body", "name"]);
  }
}
