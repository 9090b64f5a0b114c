import { expect, test } from "vitest";
import { readCostParts } from "./cost-parts";

test.each([
  [{ provider_charge: "0.12" }, [["The provider’s charge", "0.12 USD"]]],
  [{ unit: "image", quantity: 2, amount: "0.7" }, [["2 × image", "0.7 USD"]]],
  [
    { quantity: 2, tier: { name: "batch" } },
    [
      ["quantity", "2"],
      ["tier", '{"name":"batch"}'],
    ],
  ],
  [{}, []],
  [null, []],
])("%j is shown as %j", (breakdown, parts) => {
  expect(readCostParts(breakdown)).toEqual(parts);
});
