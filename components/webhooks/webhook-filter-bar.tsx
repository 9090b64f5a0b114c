"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { CustomerFilter } from "@/components/ui/customer-filter";
import { FilterRow } from "@/components/ui/filter-row";
import { paths } from "@/lib/client/paths";

type Props = { org: string; orgs: readonly { slug: string; name: string }[] };

export function WebhookFilterBar({ org: given, orgs }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [org, setOrg] = useOptimistic(given);
  return (
    <FilterRow isPending={isPending}>
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
    </FilterRow>
  );
}
