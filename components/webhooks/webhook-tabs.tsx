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
        {TABS.map(({ name, href }) => (
          <li key={name}>
            <Link
              href={href}
              aria-current={name === here ? "page" : undefined}
              className={cx(
                "hover:text-ink inline-flex h-9 items-center border-b-2 font-medium",
                name === here ? "border-accent text-ink" : "text-ink-muted border-transparent",
              )}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
