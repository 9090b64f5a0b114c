import type { ReactNode } from "react";
import Link from "next/link";
import { ASIDE_LINK } from "@/components/ui/link-style";
import { Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";

type Props = {
  id: string;
  title: string;
  /** Where to see all of it. */
  link: { href: string; text: string };
  /** The text when nothing needs attention. */
  calm: string;
  children: ReactNode[];
};

/** One kind of problem that may need attention, or an all-clear. */
export function AttentionPanel({ id, title, link, calm, children }: Props) {
  return (
    <Panel
      id={id}
      title={title}
      aside={
        <Link href={link.href} prefetch={false} className={ASIDE_LINK}>
          {link.text}
        </Link>
      }
    >
      {children.length === 0 ? (
        <p className="text-ink-muted px-4 py-3">{calm}</p>
      ) : (
        <ul className="divide-y">{children}</ul>
      )}
    </Panel>
  );
}

/** One linked line. */
export function AttentionItem({
  href,
  title,
  aside,
  note,
}: {
  href: string;
  title: ReactNode;
  aside: ReactNode;
  note?: ReactNode;
}) {
  return (
    <li className="hover:bg-hover relative px-4 py-2">
      <div className="flex items-baseline justify-between gap-3">
        <Link href={href} prefetch={false} className="stretched min-w-0 truncate font-medium">
          {title}
        </Link>
        <span className="text-ink-muted text-sm whitespace-nowrap tabular-nums">{aside}</span>
      </div>
      {note && (
        <p className="text-ink-muted truncate text-sm">
          {typeof note === "string" ? <StoredText>{note}</StoredText> : note}
        </p>
      )}
    </li>
  );
}
