import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

export default function KeyNotFound() {
  return (
    <EmptyState
      as="h1"
      title="There is no such key in your reach"
      actions={
        <Link href={paths.keys()} className={buttonStyle("secondary")}>
          Go to the keys
        </Link>
      }
    >
      A key is in your reach when every customer that it acts for is. One that acts for all of them takes
      somebody who reaches all of them.
    </EmptyState>
  );
}
