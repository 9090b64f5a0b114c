import {
  Hourglass,
  KeyRound,
  LayoutDashboard,
  Play,
  ScrollText,
  ShieldAlert,
  Users,
  Webhook,
} from "lucide-react";
import { paths } from "@/lib/client/paths";
import type { Permission } from "@/lib/states/permissions";

type Page = {
  href: string;
  name: string;
  Icon: typeof Play;
  /** What it takes to see it, where not everybody may. */
  permission?: Permission;
};

/** The pages that the navigation and the palette lead to. */
export const PAGES: readonly Page[] = [
  { href: paths.overview(), name: "Overview", Icon: LayoutDashboard },
  { href: paths.runs(), name: "Runs", Icon: Play },
  { href: paths.stuck(), name: "Stuck", Icon: Hourglass },
  { href: paths.audit(), name: "Audit", Icon: ScrollText },
  { href: paths.webhooks(), name: "Webhooks", Icon: Webhook },
  { href: paths.keys(), name: "Keys", Icon: KeyRound, permission: "keys.read" },
  { href: paths.people(), name: "People", Icon: Users, permission: "people.manage" },
  { href: paths.security(), name: "Security", Icon: ShieldAlert, permission: "security.read" },
];
