import { z } from "zod";

/** How every list of the API is paged: see `first`, `next` and `previous` of its answers. */
export const Limit = z.coerce.number().int().min(1).max(500).default(50);

export const Cursor = z
  .string()
  .max(6000)
  .optional()
  .meta({ description: "`first`, `next` or `previous` of an earlier answer for the same filter and order." });

export const FromPrev = z.enum(["true", "false"]).optional().meta({
  description: "`true` says that `pq` came as `previous`. The cursor knows; a contradiction is refused.",
});

/** @returns the schema of a page of items: where it begins, and how to come to the next one and back */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    first: z.string().nullable(),
    next: z.string().nullable(),
    previous: z.string().nullable(),
  });
