import { invalid } from "@/lib/platform/errors";
import { type Cursor, openCursor, type Place, sealCursor } from "./cursor";
import { type Slice, sliceOrder, type SortKey } from "./keyset";

/** A row with its position: the sort columns as text. */
export type Placed = { place: Place };

/** `first` starts over; `next` and `previous` are null at the ends. */
export type Page<Item> = { items: Item[]; first: string; next: string | null; previous: string | null };

export type PageRequest = {
  limit: number;
  pq?: string | undefined;
  from_prev?: "true" | "false" | undefined;
};

type Listing<Row> = {
  /** Binds cursors to this list; see `sealCursor`. */
  scope: string;
  /** Must end with a unique column. */
  order: readonly SortKey[];
  /** Reads the first `limit` rows of a slice, in its order. */
  fetch(slice: Slice, limit: number): Promise<Row[]>;
};

/**
 * Keyset pagination: finds a page by its position instead of counting, so every page costs the same. While
 * paging through a list, a row that doesn't move appears exactly once, even if others are inserted.
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev` for a cursor that is not valid here
 */
export async function findPage<Row extends Placed>(
  listing: Listing<Row>,
  request: PageRequest,
): Promise<Page<Row>> {
  const cursor = readCursor(request, listing.scope);
  const rows = await collect(listing, cursor, request.limit + 1);
  const hasMore = rows.length > request.limit;
  const items = rows.slice(0, request.limit);
  if (cursor.way === "previous") items.reverse();
  const seal = (sealed: Cursor): string => sealCursor(sealed, listing.scope);
  return { items, first: seal({ way: "first" }), ...linkPages(cursor, items, hasMore, seal) };
}

function linkPages(cursor: Cursor, items: Placed[], hasMore: boolean, seal: (cursor: Cursor) => string) {
  const from = (way: "next" | "previous", row: Placed) => seal({ way, place: row.place, isInclusive: false });
  const [top, bottom] = [items[0], items.at(-1)];
  // If this page's rows are gone, the way back starts at the cursor's own place, inclusive.
  const back = (way: "next" | "previous") =>
    cursor.way === "first" ? null : seal({ way, place: cursor.place, isInclusive: !cursor.isInclusive });
  if (cursor.way === "previous") {
    return {
      next: bottom ? from("next", bottom) : back("next"),
      previous: hasMore ? from("previous", top!) : null,
    };
  }
  const isStart = cursor.way === "first";
  const previous = isStart ? null : top ? from("previous", top) : back("previous");
  return { next: hasMore ? from("next", bottom!) : null, previous };
}

/** A cursor knows its direction; `from_prev` may repeat it but not contradict it. */
function readCursor({ pq, from_prev }: PageRequest, scope: string): Cursor {
  const cursor: Cursor = pq === undefined ? { way: "first" } : openCursor(pq, scope);
  if (from_prev !== undefined && (from_prev === "true") !== (cursor.way === "previous")) {
    const msg = "Send from_prev=true with a cursor from `previous`, and only with one.";
    throw invalid(["query", "from_prev"], "cursor_direction", msg);
  }
  return cursor;
}

async function collect<Row>({ order, fetch }: Listing<Row>, cursor: Cursor, limit: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const slice of sliceOrder(order, cursor)) {
    if (rows.length >= limit) break;
    rows.push(...(await fetch(slice, limit - rows.length)));
  }
  return rows;
}
