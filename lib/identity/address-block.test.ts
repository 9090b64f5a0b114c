import { expect, test } from "vitest";
import { addressBlock } from "./address-block";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:0:7::1", "2001:db8:0:7:ffff::2"],
])("%s counts as the same client as %s", (one, same) => expect(addressBlock(one)).toBe(addressBlock(same)));

test.each([
  ["192.0.2.1", "192.0.2.2"],
  ["2001:db8:0:7::1", "2001:db8:0:8::1"],
  ["::1", "127.0.0.1"],
])("%s counts as another client than %s", (one, other) =>
  expect(addressBlock(one)).not.toBe(addressBlock(other)),
);

test.each([null, "", "unknown", "203.0.113.9:50000"])("%j isn't an address: no client", (address) =>
  expect(addressBlock(address)).toBeUndefined(),
);
