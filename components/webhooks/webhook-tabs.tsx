import Link from "next/link";
import { cx } from "@/components/ui/class-names";
import { paths } from "@/lib/client/paths";

const TABS = [
  { name: "Deliveries", href: paths.deliveries() },
  { name: "Webhooks", href: paths.webhooks() },
  { name: "Secrets", href: paths.secrets() },
] as const;

/** Deliveries, webhooks and signing secrets. */
export function WebhookTabs({ here }: { here: (typeof TABS)[number]["name"] }) {
  return (
    <nav aria-label="Deliveries" className="border-b px-4 lg:px-6">
      <ul className="-mb-px flex gap-4">
        {TABS.map(({ name: words, href }) => (
          <li key={words}>
            <Link
              href={href}
              aria-current={words === here ? "page" : undefined}
              className={cx(
                "hover:text-ink inline-flex h-9 items-center border-b-2 font-medium",
                words === here ? "border-accent text-ink" : "text-ink-muted border-transparent",
              )}
            >
              {words}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
