import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { paths } from "@/lib/client/paths";

/** For people who can't manage webhooks but may read deliveries. */
export const VIEW_DELIVERIES = (
  <Link href={paths.deliveries()} className={buttonStyle("secondary")}>
    View deliveries
  </Link>
);
