import Link from "next/link";
import { cx } from "@/components/ui/class-names";
import { paths } from "@/lib/client/paths";

const TABS = [
  { name: "Webhooks", href: paths.webhooks() },
  { name: "Deliveries", href: paths.deliveries() },
];

/** The two lists about what customers hear. */
export function WebhookTabs({ here }: { here: "Webhooks" | "Deliveries" }) {
  return (
    <nav aria-label="What customers hear" className="border-b px-4 lg:px-6">
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
