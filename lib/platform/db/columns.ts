import { Prisma } from "@/generated/prisma/client";

/**
 * A model's columns for raw SQL on a table with the alias `r`, named and typed as in Prisma's own reads.
 * @param fields a `select` without relations, or all fields, such as `Prisma.AuditEntryScalarFieldEnum`
 */
export const columnsOf = (fields: Readonly<Record<string, unknown>>): Prisma.Sql =>
  Prisma.raw(
    Object.keys(fields)
      .map((field) => `r.${toColumn(field)} AS "${field}"`)
      .join(", "),
  );

/** Must equal the schema's `@map` names. */
const toColumn = (field: string): string =>
  field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
