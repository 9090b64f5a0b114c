import { plainStored } from "@/lib/client/bidi";
import type { KeyValue } from "@/components/ui/key-values";

type Reach = { all: boolean; org_ids: string[] | null };

export const isReach = (value: unknown): value is Reach =>
  typeof value === "object" && value !== null && "all" in value && "org_ids" in value;

export const writeReach = ({ all, org_ids }: Reach): string =>
  all ? "all customers" : (org_ids ?? []).join(", ") || "no customer";

/** Who made the link that set a password, or that ended. */
export function describeLink(meta: Record<string, unknown>): KeyValue[] {
  const { link } = meta as { link?: { made_by: { name: string; email: string } | null } };
  if (!link) return [];
  const maker = link.made_by;
  return [
    {
      name: "Link made by",
      value: maker ? `${plainStored(maker.name)}, ${maker.email}` : "a command on the server",
    },
  ];
}

/** Facts from an invitation's audit entry: an entry must be readable without the person's page. */
export function describeInvitation(meta: Record<string, unknown>): KeyValue[] {
  const { name, role, reach, is_renewal } = meta as {
    name?: string;
    role?: string;
    reach?: Reach;
    is_renewal?: boolean;
  };
  const facts: [string, string | undefined][] = [
    ["Name", name],
    ["Role", role],
    ["Customer access", reach && writeReach(reach)],
    ["Link", is_renewal ? "New link for an existing person" : undefined],
  ];
  return facts.flatMap(([fact, value]) => (value ? [{ name: fact, value }] : []));
}
