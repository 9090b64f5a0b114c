/**
 * A cost's breakdown as names and values. Only known amounts are labeled as amounts; other entries are shown
 * as they are.
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
