import type { Metadata } from "next";
import { BarePage } from "@/components/shell/bare-page";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <BarePage>
      <EmptyState
        as="h1"
        title="There is no page at this address"
        actions={
          // Every page brings this one along; an anchor weighs nothing, and there is nothing here to be kept.
          <a href={paths.runs()} className={buttonStyle("secondary")}>
            Go to runs
          </a>
        }
      >
        It may have been mistyped, or cut off where it was copied.
      </EmptyState>
    </BarePage>
  );
}
