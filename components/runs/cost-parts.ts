/**
 * What a cost is made of, as lines of a name and a value. Only what is known to be an amount is called one: what a
 * breakdown holds beside it is shown as it is.
 */
export function readCostParts(breakdown: unknown): [name: string, value: string][] {
  if (typeof breakdown !== "object" || breakdown === null) return [];
  const { unit, quantity, amount, ...others } = breakdown as Record<string, unknown>;
  const isPriced = unit !== undefined && quantity !== undefined && amount !== undefined;
  const rest = isPriced ? others : breakdown;
  return [
    ...(isPriced
      ? [[`${write(quantity)} × ${write(unit)}`, `${write(amount)} USD`] as [string, string]]
      : []),
    ...Object.entries(rest).map(([name, value]): [string, string] =>
      name === "provider_charge" ? ["The provider’s charge", `${write(value)} USD`] : [name, write(value)],
    ),
  ];
}

const write = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
