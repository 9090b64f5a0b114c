import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { paths } from "@/lib/client/paths";

/** For those who may not manage webhooks, but may read what was sent. */
export const VIEW_DELIVERIES = (
  <Link href={paths.deliveries()} className={buttonStyle("secondary")}>
    View deliveries
  </Link>
);
