"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import { viewPath, viewsOptions } from "@/lib/client/views";

/** The rest are in the views menu. */
const MOST_TABS = 6;

/** Saved views as tabs above the list; hidden until someone saves one. */
export function ViewTabs({ here }: { here: string }) {
  const { data: views = [] } = useQuery(viewsOptions());
  if (views.length === 0) return null;
  const tabs = views
    .slice(0, MOST_TABS)
    .map((view) => ({ id: view.id, name: view.name, href: viewPath(view) }));
  return (
    <nav aria-label="Saved views" className="flex gap-1 overflow-x-auto px-2 pb-2 lg:px-4">
      {[{ id: "all", name: "All runs", href: paths.runs() }, ...tabs].map(({ id, name, href }) => (
        <Link
          key={id}
          href={href}
          prefetch={false}
          aria-current={href === here ? "page" : undefined}
          className="text-ink-muted hover:bg-hover hover:text-ink aria-[current]:bg-hover aria-[current]:text-ink max-w-48 shrink-0 truncate rounded px-2 py-1 font-medium"
        >
          <StoredText>{name}</StoredText>
        </Link>
      ))}
    </nav>
  );
}
