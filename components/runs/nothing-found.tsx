import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

/** Explains a failed look-up, instead of an empty list for a filter that nobody chose. */
export function NothingFound({ message }: { message: string }) {
  return (
    <EmptyState
      as="h1"
      title="Nothing found"
      actions={
        <Link href={paths.runs()} className={buttonStyle("secondary")}>
          Show all runs
        </Link>
      }
    >
      {message}
    </EmptyState>
  );
}
