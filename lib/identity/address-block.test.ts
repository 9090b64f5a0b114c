import { expect, test } from "vitest";
import { addressBlock, networkOf } from "./address-block";

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

test.each([
  ["192.0.2.1", "192.0.2.254"],
  ["::ffff:192.0.2.1", "192.0.2.9"],
  ["2001:db8:1:7::1", "2001:db8:1:8::1"],
  [null, "unknown"],
])("%s is in the same network as %s", (one, same) => expect(networkOf(one)).toBe(networkOf(same)));

test.each([
  ["192.0.2.1", "192.0.3.1"],
  ["2001:db8:1::1", "2001:db8:2::1"],
  [null, "192.0.2.1"],
])("%s is in another network than %s", (one, other) => expect(networkOf(one)).not.toBe(networkOf(other)));
