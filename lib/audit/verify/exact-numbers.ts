/** If nothing matches, every number fits a double: none has enough digits or a large enough exponent. */
const SUSPICIOUS = /[:,[\s]-?[\d.]{16}|\d[eE][+-]?\d{3}/;
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * Whether every number of a JSON text equals the double that it parses to. Otherwise two numbers would share
 * a hash, and someone could replace one by the other unnoticed.
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

/** The digits without leading and trailing zeros, and the exponent. */
function normalize(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = NUMBER.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
