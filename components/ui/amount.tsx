/** The usual number of decimals: shorter fractions are padded, longer ones kept. */
const DIGITS = 2;
/** Space for three decimals, so that a column aligns at the decimal point. Cards have no columns. */
const FRACTION = "md:inline-block md:min-w-[4ch] md:text-left";

/** A decimal exactly as the API writes it, never rounded, aligned at the decimal point. */
export function Amount({ value }: { value: string }) {
  const [whole, fraction = ""] = value.split(".");
  return (
    <span className="tabular-nums">
      {whole}
      <span className={FRACTION}>.{fraction.padEnd(DIGITS, "0")}</span>
    </span>
  );
}
