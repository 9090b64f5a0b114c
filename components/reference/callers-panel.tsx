import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import { paths } from "@/lib/client/paths";
import type { OperationPage } from "@/lib/contract/reference/read-document";
import { sayCallers, sayLimit } from "@/lib/contract/reference/say-callers";
import { RichText } from "./rich-text";

export function CallersPanel({ operation }: { operation: OperationPage }) {
  const { callers, auditAction, isIdempotent } = operation;
  const facts = [
    ...sayCallers(callers),
    sayLimit(operation),
    ...(isIdempotent ? ["Can be repeated with the same `Idempotency-Key`."] : []),
    ...(auditAction ? [`Writes the audit entry \`${auditAction}\`.`] : []),
  ];
  return (
    <Panel id="callers" title="Who may call it">
      <ul className="divide-y">
        {facts.map((fact) => (
          <li key={fact} className="px-4 py-2">
            <RichText text={fact} />
          </li>
        ))}
      </ul>
      <p className="border-t px-4 py-2 text-sm">
        <Link href={paths.reference("basics")} prefetch={false} className="text-accent hover:underline">
          Credentials, step-up, retries and limits
        </Link>
      </p>
    </Panel>
  );
}
