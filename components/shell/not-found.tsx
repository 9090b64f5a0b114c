"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

type Entity = {
  /** The URL prefixes of its pages. */
  prefix: string;
  name: string;
  advice: string;
  lists: readonly { href: string; text: string }[];
};

const ACCESS = "Check the ID, or ask an admin for access to this customer.";
const DELIVERIES = { href: paths.deliveries(), text: "Go to deliveries" };

const ENTITIES: readonly Entity[] = [
  { prefix: "/runs/", name: "Run", advice: ACCESS, lists: [{ href: paths.runs(), text: "Go to runs" }] },
  {
    prefix: "/audit/",
    name: "Audit entry",
    advice: `${ACCESS} Old entries may have been moved to an archive.`,
    lists: [{ href: paths.audit(), text: "Go to the audit trail" }],
  },
  {
    prefix: "/cancellations/",
    name: "Bulk cancellation",
    advice: "Check the ID, or ask an admin for access to all of its customers.",
    lists: [{ href: paths.cancellations(), text: "Go to cancellations" }],
  },
  { prefix: "/webhooks/deliveries/", name: "Delivery", advice: ACCESS, lists: [DELIVERIES] },
  {
    prefix: "/webhooks/",
    name: "Webhook",
    advice: `${ACCESS} If it was deleted, its deliveries are still listed.`,
    lists: [{ href: paths.webhooks(), text: "Go to webhooks" }, DELIVERIES],
  },
  {
    prefix: "/keys/",
    name: "Key",
    advice: "Check the ID, or ask an admin for access to every customer this key can act for.",
    lists: [{ href: paths.keys(), text: "Go to keys" }],
  },
  {
    prefix: "/people/",
    name: "Person",
    advice: "Check the ID, or ask an admin who has access to all customers.",
    lists: [{ href: paths.people(), text: "Go to people" }],
  },
];

const PAGE: Omit<Entity, "prefix"> = {
  name: "Page",
  advice: "Check the address.",
  lists: [{ href: paths.overview(), text: "Go to overview" }],
};

const isBelow = (prefix: string, pathname: string): boolean =>
  pathname.startsWith(prefix) && !pathname.slice(prefix.length).includes("/");

/** Missing and out of reach look the same. */
export function NotFound() {
  const pathname = usePathname();
  const { name: noun, advice, lists } = ENTITIES.find(({ prefix }) => isBelow(prefix, pathname)) ?? PAGE;
  return (
    <EmptyState
      as="h1"
      title={`${noun} not found`}
      actions={lists.map(({ href, text }) => (
        <Link key={href} href={href} prefetch={false} className={buttonStyle("secondary")}>
          {text}
        </Link>
      ))}
    >
      {advice}
    </EmptyState>
  );
}
