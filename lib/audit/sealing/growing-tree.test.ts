import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { proofRoot } from "@/lib/audit/signing/proof-root";
import { treePath, treeRoot } from "@/test/test-signer";
import { GrowingTree } from "./growing-tree";

const moves = fc.array(
  fc.uniqueArray(fc.record({ org: fc.nat(40), sequence: fc.nat(1000) }), { selector: ({ org }) => org }),
);
const hash = (text: string) => createHash("sha256").update(text).digest("hex");

test("root: equals the RFC's tree, for any moved heads and new organizations", () => {
  fc.assert(
    fc.property(moves, (rounds) => {
      const tree = GrowingTree.ofHeads();
      const heads = new Map<string, { org_id: string; sequence: number; hash: string }>();
      for (const round of rounds) {
        for (const { org, sequence } of round) {
          const head = { org_id: hash(String(org)), sequence, hash: hash(`${org} ${sequence}`) };
          heads.set(head.org_id, head);
          tree.move(head.org_id, head);
        }
        const inOrder = [...heads.values()].sort((a, b) => (a.org_id < b.org_id ? -1 : 1));
        expect(tree.root()).toBe(treeRoot(inOrder).toString("base64"));
        expect(tree.size).toBe(heads.size);
        for (const [index, { org_id }] of inOrder.entries()) {
          const path = treePath(inOrder, index).map((node) => node.toString("hex"));
          expect(tree.placeOf(org_id)).toEqual({ index, path });
        }
      }
    }),
  );
});

test("path: each head's path leads to the root, and no other does", async () => {
  for (const size of [1, 2, 3, 5, 8, 21, 33]) {
    const heads = Array.from({ length: size }, (_, index) => ({
      org_id: hash(String(index)),
      sequence: index,
      hash: hash(`head ${index}`),
    }));
    const root = treeRoot(heads).toString("base64");
    for (const [index, head] of heads.entries()) {
      const path = treePath(heads, index).map((node) => node.toString("hex"));
      expect(await proofRoot({ ...head, index, path }, size)).toBe(root);
      expect(await proofRoot({ ...head, sequence: 99, index, path }, size)).not.toBe(root);
      expect(await proofRoot({ ...head, index, path: [...path, hash("x")] }, size)).not.toBe(root);
      expect(await proofRoot({ ...head, index: size, path }, size)).toBeUndefined();
      if (size > 1) {
        expect(await proofRoot({ ...head, index: (index + 1) % size, path }, size)).not.toBe(root);
        expect(await proofRoot({ ...head, index, path: path.slice(1) }, size)).not.toBe(root);
      }
    }
  }
});
