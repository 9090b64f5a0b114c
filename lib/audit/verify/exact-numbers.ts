/** Where this isn't found, no number is one that a double can't hold: none has as many digits, or a large exponent. */
const SUSPICIOUS = /[:,[\s]-?[\d.]{16}|\d[eE][+-]?\d{3}/;
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * Whether each number of a JSON text is exactly the double that it is read as. One that is not would have the hash of its
 * neighbour, so that somebody could change it unseen.
 */
export function hasExactNumbers(json: string): boolean {
  if (!SUSPICIOUS.test(json)) return true;
  let isExact = true;
  JSON.parse(json, (_key: string, value: unknown, context?: { source?: string }) => {
    if (typeof value === "number" && context?.source !== undefined) {
      isExact &&= isSameNumber(context.source, String(value));
    }
    return value;
  });
  return isExact;
}

const isSameNumber = (a: string, b: string): boolean => a === b || normalize(a) === normalize(b);

/** The digits without zeros at either end, and where the point stands. */
function normalize(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = NUMBER.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
