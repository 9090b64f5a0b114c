import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import { paths } from "@/lib/client/paths";
import type { ApiKey } from "@/lib/contract/keys";

type Props = { of: Pick<ApiKey, "id" | "kind">; may: { readAudit: boolean; readSecurity: boolean } };

/** Links to a key's activity, for example when it is abused. */
export function KeyActivity({ of: { id, kind }, may }: Props) {
  const traces = [
    {
      href: paths.runs({ q: `api_key_id:${id}` }),
      name: "Runs created with this key",
      about: "Newest first.",
    },
    ...(may.readAudit && kind === "service"
      ? [{ href: paths.audit({ actor: id }), name: "Audit entries", about: "Changes made with this key." }]
      : []),
    ...(may.readSecurity
      ? [
          {
            href: paths.security({ actor: id }),
            name: "Denied requests",
            about: "With IP addresses.",
          },
        ]
      : []),
  ];
  return (
    <Panel id="traces" title="Activity">
      <ul className="divide-y">
        {traces.map(({ href, name: words, about }) => (
          <li key={words} className="hover:bg-hover relative px-4 py-2.5">
            <Link href={href} prefetch={false} className="stretched text-accent font-medium">
              {words}
            </Link>
            <p className="text-ink-muted">{about}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
