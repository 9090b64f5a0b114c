import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

export default function PersonNotFound() {
  return (
    <EmptyState
      as="h1"
      title="There is no such person in your reach"
      actions={
        <Link href={paths.people()} className={buttonStyle("secondary")}>
          Go to the people
        </Link>
      }
    >
      The link may be cut off. Or the person reaches customers that you don’t: ask an admin who reaches all of
      them.
    </EmptyState>
  );
}
