import { notFound } from "next/navigation";

/** Unknown addresses are answered inside the console's frame. It shows no data, so it asks for no sign-in. */
// oxlint-disable-next-line console/page-gate
export default function MissingPage() {
  notFound();
}
