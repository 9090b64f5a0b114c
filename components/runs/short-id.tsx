/** The start encodes the time; the end distinguishes IDs created together. */
export const shortId = (id: string): string => `${id.slice(0, 8)}…${id.slice(-6)}`;

/** An ID, shortened in the middle on narrow screens. */
export function ShortId({ id, isAlwaysShort = false }: { id: string; isAlwaysShort?: boolean }) {
  return (
    <span className="mono whitespace-nowrap">
      <span className="sr-only">{id}</span>
      {!isAlwaysShort && (
        <span aria-hidden className="max-2xl:hidden">
          {id}
        </span>
      )}
      <span aria-hidden className={isAlwaysShort ? undefined : "2xl:hidden"}>
        {shortId(id)}
      </span>
    </span>
  );
}
