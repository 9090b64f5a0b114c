"use client";

import { PageError } from "@/components/shell/page-error";

export default function ConsoleError(props: { error: unknown; retry: () => void }) {
  return <PageError {...props} />;
}
