"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { CustomerFilter } from "@/components/ui/customer-filter";
import { Spinner } from "@/components/ui/spinner";
import { paths } from "@/lib/client/paths";

type Props = { org: string; orgs: readonly { slug: string; name: string }[] };

export function WebhookFilterBar({ org: given, orgs }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [org, setOrg] = useOptimistic(given);
  return (
    <div role="group" aria-label="Filters" aria-busy={isPending} className="flex items-center gap-1.5">
      <CustomerFilter
        orgs={orgs}
        selected={org}
        onChange={(slug) =>
          startTransition(() => {
            setOrg(slug);
            router.replace(paths.webhooks({ org: slug }), { scroll: false });
          })
        }
      />
      {isPending && <Spinner className="text-ink-muted size-3.5" />}
    </div>
  );
}
