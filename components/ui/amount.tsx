/** What most amounts have; a shorter fraction is filled up, a longer one stays as it is. */
const DIGITS = 2;
/** Room for a fraction of three digits: with it, the points of a column stand below each other. Cards have no columns. */
const FRACTION = "md:inline-block md:min-w-[4ch] md:text-left";

/** A decimal as the API writes it, in a column: never rounded, and with its point where the others have theirs. */
export function Amount({ value }: { value: string }) {
  const [whole, fraction = ""] = value.split(".");
  return (
    <span className="tabular-nums">
      {whole}
      <span className={FRACTION}>.{fraction.padEnd(DIGITS, "0")}</span>
    </span>
  );
}
