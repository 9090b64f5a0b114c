import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import { paths } from "@/lib/client/paths";
import type { ApiKey } from "@/lib/contract/keys";

type Props = { of: Pick<ApiKey, "id" | "kind">; may: { readAudit: boolean; readSecurity: boolean } };

/** What was done with a key, each in its list: where whoever looks into an abuse goes on. */
export function KeyActivity({ of: { id, kind }, may }: Props) {
  const traces = [
    {
      href: paths.runs({ q: `api_key_id:${id}` }),
      name: "Runs created with it",
      about: "The newest first; those under way can be cancelled there.",
    },
    ...(may.readAudit && kind === "service"
      ? [{ href: paths.audit({ actor: id }), name: "What it did", about: "Its entries in the audit trail." }]
      : []),
    ...(may.readSecurity
      ? [
          {
            href: paths.security({ actor: id }),
            name: "What it was refused",
            about: "Attempts that came to nothing, and from which addresses.",
          },
        ]
      : []),
  ];
  return (
    <Panel id="traces" title="What was done with it">
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
