import { Prisma } from "@/generated/prisma/client";

/**
 * The columns of a model's fields for raw SQL, of a table that is called `r`. A raw row then has the names and the type
 * that Prisma's own reads have.
 * @param fields a `select` without relations, or all of a model's, such as `Prisma.AuditEntryScalarFieldEnum`
 */
export const columnsOf = (fields: Readonly<Record<string, unknown>>): Prisma.Sql =>
  Prisma.raw(
    Object.keys(fields)
      .map((field) => `r.${toColumn(field)} AS "${field}"`)
      .join(", "),
  );

/** As the schema maps them, everywhere. */
const toColumn = (field: string): string =>
  field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
