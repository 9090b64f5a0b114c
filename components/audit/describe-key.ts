import { formatAbsolute } from "@/lib/client/format-time";
import type { KeyValue } from "@/components/ui/key-values";
import { plainStored } from "@/lib/client/bidi";

/**
 * Facts about a key from its audit entry, as of that time: an entry must be readable without the key's page.
 */
export function describeKey(meta: Record<string, unknown>): KeyValue[] {
  const { kind, owner, maker, link, scopes, reach, expires_at } = meta as {
    kind?: string;
    owner?: { name: string; email: string };
    maker?: { name: string; email: string } | null;
    link?: { made_by: { name: string; email: string } };
    scopes?: string[] | null;
    reach?: { all: boolean; org_ids: string[] | null };
    expires_at?: string | null;
  };
  const facts: [string, string | undefined][] = [
    ["Kind", kind],
    ["Owner", owner && `${plainStored(owner.name)}, ${owner.email}`],
    [
      "Made by",
      maker && maker.email !== owner?.email ? `${plainStored(maker.name)}, ${maker.email}` : undefined,
    ],
    ["Link made by", link && `${plainStored(link.made_by.name)}, ${link.made_by.email}`],
    ["Scopes", scopes?.join(", ")],
    // An inference key's entry already names its only customer.
    [
      "Customers",
      kind === "inference" ? undefined : reach && (reach.all ? "all customers" : reach.org_ids?.join(", ")),
    ],
    ["Expires", expires_at ? formatAbsolute(expires_at) : undefined],
  ];
  return facts.flatMap(([name, value]) => (value ? [{ name, value }] : []));
}
