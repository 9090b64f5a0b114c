import { EmptyPanel, Panel } from "@/components/ui/panel";
import type { ServiceState } from "@/lib/contract/service-state";

/** Whether the database has the schema that this version needs. */
export function MigrationsPanel({ migrations }: Pick<ServiceState, "migrations">) {
  if (!migrations || migrations.pending.length === 0)
    return (
      <EmptyPanel id="migrations" title="Migrations">
        {migrations ? "All applied." : "Unknown: this server was installed without its migrations."}
        {migrations && migrations.unknown.length > 0 && (
          <> The database also has {describeUnknown(migrations.unknown.length)} of a newer version.</>
        )}
      </EmptyPanel>
    );
  return (
    <Panel id="migrations" title="Pending migrations">
      <ul className="mono px-4 py-2.5">
        {migrations.pending.map((migration) => (
          <li key={migration} className="wrap-anywhere">
            {migration}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const describeUnknown = (count: number): string => (count === 1 ? "one" : String(count));
