import { notFound } from "next/navigation";

/** Unknown addresses show the console's frame. The page has no data, so it needs no sign-in. */
// oxlint-disable-next-line console/page-gate
export default function MissingPage() {
  notFound();
}
