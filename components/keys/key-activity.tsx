import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";
import { explainMissing } from "@/lib/client/explain-missing";
import { paths } from "@/lib/client/paths";
import type { ApiKey, KeyActivity as Activity } from "@/lib/contract/keys";
import { NON_TERMINAL_STATUSES } from "@/lib/states/run";
import { HoursChart, HoursTable } from "./hours-chart";
import { totalOf } from "./total-of";

type Props = {
  of: Pick<ApiKey, "id" | "kind">;
  activity: Activity;
  may: { readAudit: boolean; readSecurity: boolean };
};

/** What a key did lately, with links to all of it: where to look when it is abused. */
export function KeyActivity({ of: key, activity, may }: Props) {
  const { hours, hours_are_partial: isPartial, live_runs: live } = activity;
  const total = hours.reduce((sum, hour) => sum + totalOf(hour), 0);
  const runs = `api_key_id:${key.id}`;
  return (
    <Panel id="traces" title="Activity">
      <ul className="grid grid-cols-3 divide-x border-b">
        <Figure
          title="Live runs"
          href={paths.runs({ q: runs, status: NON_TERMINAL_STATUSES.join(",") })}
          value={countOf(live)}
        />
        <Figure
          title="Last hour"
          href={paths.runs({ q: runs, age: "1h" })}
          value={totalOf(hours.at(-1)!).toLocaleString("en")}
        />
        <Figure
          title="Last 24 h"
          href={paths.runs({ q: runs, age: "24h" })}
          value={`${total.toLocaleString("en")}${isPartial ? "+" : ""}`}
        />
      </ul>
      <div className="grid gap-5 p-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <HoursChart hours={hours} />
        {key.kind === "inference" && (
          <RunAddresses from={activity.run_addresses} mayReadSecurity={may.readSecurity} />
        )}
        <DeniedRequests of={key} denied={activity.denied_requests} mayRead={may.readSecurity} />
      </div>
      {total > 0 && <HoursTable hours={hours} />}
      <ul className="flex flex-wrap gap-x-6 gap-y-1 border-t px-4 py-2.5">
        <Trace href={paths.runs({ q: runs })}>Runs created with this key</Trace>
        {may.readAudit && key.kind === "service" && (
          <Trace href={paths.audit({ actor: key.id })}>Audit entries of this key</Trace>
        )}
        {may.readSecurity && (
          <Trace href={paths.security({ actor: key.id })}>Denied requests with this key</Trace>
        )}
      </ul>
    </Panel>
  );
}

/** Such as "3,214" or "100,000+". */
export const countOf = ({ count, is_more }: Activity["live_runs"]): string =>
  `${count.toLocaleString("en")}${is_more ? "+" : ""}`;

const Figure = ({ title, href, value }: { title: string; href: string; value: string }) => (
  <li className="hover:bg-hover relative grid content-start gap-0.5 px-4 py-2.5">
    <Link href={href} prefetch={false} className="stretched text-ink-muted text-sm">
      {title}
    </Link>
    <span className="text-xl font-semibold tracking-tight tabular-nums">{value}</span>
  </li>
);

const Trace = ({ href, children }: { href: string; children: ReactNode }) => (
  <li>
    <Link href={href} prefetch={false} className="text-accent inline-block py-0.5 hover:underline">
      {children}
    </Link>
  </li>
);

const ipAddresses = (count: number): string =>
  count === 1 ? "1 IP address" : `${count.toLocaleString("en")} IP addresses`;

type RunAddressesProps = { from: Activity["run_addresses"]; mayReadSecurity: boolean };

/** Where the key's runs came from: a stolen key shows as an address that its customer doesn't know. */
function RunAddresses({ from: { addresses, address_count: count }, mayReadSecurity }: RunAddressesProps) {
  return (
    <div className="grid content-start gap-2">
      <h3 className="text-ink-muted text-sm font-medium">
        {count === 0 ? "IP addresses of runs" : `Runs created from ${ipAddresses(count)}`}
      </h3>
      {count === 0 ? (
        <p className="text-ink-muted">None in the last 24 hours.</p>
      ) : (
        <Counts
          items={addresses.map(({ ip, runs }) => ({
            text: ip,
            href: mayReadSecurity ? paths.security({ ip }) : undefined,
            count: runs,
          }))}
        />
      )}
      {count > addresses.length && (
        <p className="text-ink-muted text-sm">The {addresses.length} with the most runs.</p>
      )}
    </div>
  );
}

type DeniedProps = { of: Pick<ApiKey, "id" | "kind">; denied: Activity["denied_requests"]; mayRead: boolean };

/** Next to a service key's chart; below an inference key's, whose run addresses are next to it. */
function DeniedRequests({ of: { id, kind }, denied, mayRead }: DeniedProps) {
  const isBelow = kind === "inference";
  return (
    <div
      className={cx("grid content-start gap-x-5 gap-y-3", isBelow && "lg:col-span-2 lg:grid-cols-subgrid")}
    >
      <div className="grid content-start gap-2">
        <h3 className="text-ink-muted text-sm font-medium">
          Denied requests{kind === "inference" && " to the admin API"}
        </h3>
        {denied === null && (
          <p className="text-ink-muted">
            {mayRead
              ? "Only people with access to all customers can see those of a key with several customers."
              : explainMissing("denied requests", "security.read")}
          </p>
        )}
        {denied?.total === 0 && <p className="text-ink-muted">None in the last 24 hours.</p>}
        {denied !== null && denied.total > 0 && (
          <Counts
            items={denied.by_code.map(({ code, requests }) => ({
              text: code,
              href: paths.security({ actor: id, code }),
              count: requests,
            }))}
          />
        )}
      </div>
      {denied !== null && denied.total > 0 && (
        <div className="grid content-start gap-2">
          <h3 className="text-ink-muted text-sm font-medium">From {ipAddresses(denied.address_count)}</h3>
          <Counts
            items={denied.addresses.map(({ ip, requests }) => ({
              text: ip,
              href: paths.security({ ip }),
              count: requests,
            }))}
          />
        </div>
      )}
    </div>
  );
}

type Count = { text: string; href: string | undefined; count: number };

const Counts = ({ items }: { items: Count[] }) => (
  <ul className="grid gap-0.5">
    {items.map(({ text, href, count }) => (
      <li key={text} className="flex items-baseline justify-between gap-3">
        {href === undefined ? (
          <span className="mono min-w-0 py-0.5 wrap-anywhere">
            <StoredText>{text}</StoredText>
          </span>
        ) : (
          <Link
            href={href}
            prefetch={false}
            className="text-accent mono min-w-0 py-0.5 wrap-anywhere hover:underline"
          >
            <StoredText>{text}</StoredText>
          </Link>
        )}
        <span className="tabular-nums">{count.toLocaleString("en")}</span>
      </li>
    ))}
  </ul>
);
