import {
  Activity,
  Ban,
  BookOpen,
  Hourglass,
  KeyRound,
  LayoutDashboard,
  Play,
  ScrollText,
  Send,
  ShieldAlert,
  UserCheck,
  Users,
} from "lucide-react";
import { paths } from "@/lib/client/paths";
import type { Permission } from "@/lib/states/permissions";

type Page = {
  href: string;
  name: string;
  Icon: typeof Play;
  /** Where its tabs and details are, if not below `href`. */
  section?: string;
  /** The permission to see it; absent if every role may. */
  permission?: Permission;
};

/** The navigation by group. The palette lists the same pages. */
export const PAGE_GROUPS: readonly { name: string; pages: readonly Page[] }[] = [
  {
    name: "Work",
    pages: [
      { href: paths.overview(), name: "Overview", Icon: LayoutDashboard },
      { href: paths.runs(), name: "Runs", Icon: Play },
      { href: paths.stuck(), name: "Stuck", Icon: Hourglass },
      { href: paths.cancellations(), name: "Cancellations", Icon: Ban },
      { href: paths.approvals(), name: "Approvals", Icon: UserCheck },
    ],
  },
  {
    name: "Records",
    pages: [
      { href: paths.audit(), name: "Audit", Icon: ScrollText },
      { href: paths.deliveries(), name: "Deliveries", Icon: Send, section: paths.webhooks() },
    ],
  },
  {
    name: "Admin",
    pages: [
      { href: paths.keys(), name: "Keys", Icon: KeyRound, permission: "keys.read" },
      { href: paths.people(), name: "People", Icon: Users, permission: "people.manage" },
      { href: paths.security(), name: "Security", Icon: ShieldAlert, permission: "security.read" },
      { href: paths.operations(), name: "Operations", Icon: Activity, permission: "operations.read" },
      { href: paths.reference(), name: "API", Icon: BookOpen },
    ],
  },
];

export const PAGES: readonly Page[] = PAGE_GROUPS.flatMap(({ pages }) => pages);
