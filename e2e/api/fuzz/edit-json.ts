import fc from "fast-check";
import { hostileText, hostileValue } from "./any-value";

/** A change of one place in a JSON value. */
export type Edit = {
  /** Which of the value's places, counted in order and from the start again. */
  place: number;
  what: "remove" | "replace" | "rename" | "add";
  name: string;
  value: unknown;
};

const anyEdit: fc.Arbitrary<Edit> = fc.record({
  place: fc.nat(20),
  what: fc.constantFrom("replace", "remove", "add", "rename"),
  name: hostileText,
  value: hostileValue,
});
export const anyEdits = fc.array(anyEdit, { maxLength: 2 });

type Node = Record<string, unknown>;

/** @returns a copy with the edits, which make a valid value almost valid; undefined if nothing is left */
export function editJson(original: unknown, edits: readonly Edit[]): unknown {
  const root: Node = { value: structuredClone(original) };
  for (const { place, what, name, value: shared } of edits) {
    const value = structuredClone(shared);
    const places = [...placesIn(root)];
    if (places.length === 0) return undefined;
    const [parent, key] = places[place % places.length]!;
    const former = parent[key];
    if (what === "add") define(isNode(former) ? former : parent, name, value);
    else if (what === "replace") define(parent, key, value);
    else delete parent[key];
    if (what === "rename") define(parent, name, former);
  }
  return root["value"];
}

/** Also sets a field named `__proto__`. */
const define = (node: Node, name: string, value: unknown): void =>
  void Object.defineProperty(node, name, { value, enumerable: true, configurable: true, writable: true });

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

function* placesIn(node: Node): Generator<[Node, string]> {
  for (const [name, value] of Object.entries(node)) {
    yield [node, name];
    if (isNode(value)) yield* placesIn(value);
  }
}
