import { z } from "zod";

/** Page size of every list; the cursors are `first`, `next` and `previous` in responses. */
export const Limit = z.coerce.number().int().min(1).max(500).default(50);

export const Cursor = z.string().max(6000).optional().meta({
  description: "`first`, `next` or `previous` of an earlier response for the same filter and order.",
});

export const FromPrev = z.enum(["true", "false"]).optional().meta({
  description: "`true` if `pq` is a `previous` cursor. The cursor itself knows; a contradiction is refused.",
});

/** @returns the schema of a page: its items and cursors */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    first: z.string().nullable(),
    next: z.string().nullable(),
    previous: z.string().nullable(),
  });
