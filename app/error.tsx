"use client";

import { BarePage } from "@/components/shell/bare-page";
import { PageError } from "@/components/shell/page-error";

/** For what fails before there is a frame around the page, such as reading who is signed in. */
export default function RootError(props: { error: unknown; retry: () => void }) {
  return (
    <BarePage>
      <PageError {...props} />
    </BarePage>
  );
}
