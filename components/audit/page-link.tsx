import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import type { Permission } from "@/lib/states/permissions";

type Linked = {
  type: "key" | "person";
  id: string;
  label: string;
  permissions: ReadonlySet<Permission>;
  orElse?: string;
};

/** Leads to the page of a key or a person, or elsewhere where that page is not for the reader. */
export function PageLink({ type, id, label, permissions, orElse }: Linked) {
  const [permission, path] =
    type === "key" ? (["keys.read", paths.key] as const) : (["people.manage", paths.person] as const);
  const href = permissions.has(permission) ? path(id) : orElse;
  if (href === undefined) return <StoredText>{label}</StoredText>;
  return (
    <To href={href}>
      <StoredText>{label}</StoredText>
    </To>
  );
}

type ToProps = { href: string; className?: string; children: ReactNode };

export const To = ({ href, className, children }: ToProps) => (
  <Link href={href} prefetch={false} className={cx("text-accent hover:underline", className)}>
    {children}
  </Link>
);
