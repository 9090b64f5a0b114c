import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import { To } from "./page-link";

/** The second person who approved an action, from its entry. */
export function describeApproval(meta: Record<string, unknown>) {
  const approval = meta["approval"] as { id: string; by: { name: string; email: string } } | undefined;
  if (!approval) return [];
  const { id, by } = approval;
  return [
    {
      name: "Approved by",
      value: <To href={paths.approval(id)}>{`${plainStored(by.name)}, ${plainStored(by.email)}`}</To>,
    },
  ];
}
