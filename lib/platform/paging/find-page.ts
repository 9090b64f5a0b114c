import { invalid } from "@/lib/platform/errors";
import { type Cursor, openCursor, type Place, sealCursor } from "./cursor";
import { type Slice, sliceOrder, type SortKey } from "./keyset";

/** A row with its place in the order: the sort columns as text. */
export type Placed = { place: Place };

/** `first` begins the list anew; `next` and `previous` are null where there is nothing more. */
export type Page<Item> = { items: Item[]; first: string; next: string | null; previous: string | null };

export type PageRequest = {
  limit: number;
  pq?: string | undefined;
  from_prev?: "true" | "false" | undefined;
};

type Listing<Row> = {
  /** What cursors are bound to, as `sealCursor` takes it. */
  scope: string;
  /** Ends in a unique column. */
  order: readonly SortKey[];
  /** The first `limit` rows of a slice, in its order. */
  fetch(slice: Slice, limit: number): Promise<Row[]>;
};

/**
 * One page of a list, found by its place and not by counting, so that every page costs the same. A row that doesn't
 * move is met exactly once on a way through the list, whatever is inserted meanwhile.
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev` for a cursor that is not good here
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
  // The rows that this page was made for may be gone; the way back then begins at the very place, itself included.
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

/** A cursor knows its way; `from_prev` may repeat it, and must not contradict. */
function readCursor({ pq, from_prev }: PageRequest, scope: string): Cursor {
  const cursor: Cursor = pq === undefined ? { way: "first" } : openCursor(pq, scope);
  if (from_prev !== undefined && (from_prev === "true") !== (cursor.way === "previous")) {
    const msg = "from_prev is true with a cursor that came as `previous`, and only then.";
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
