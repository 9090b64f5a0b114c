import { Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import type { ApiKey } from "@/lib/contract/keys";
import {
  findRole,
  grantsOwnersPermissions,
  permissionsOfInferenceKey,
  permissionsOfServiceKey,
} from "@/lib/states/permissions";
import { SCOPE_WORDS } from "./key-words";

type Props = { of: ApiKey; orgNames: Record<string, string> };

const WORDS: Record<string, string> = SCOPE_WORDS;

/** A key's permissions and customers. */
export function KeyPowers({ of: { scopes, reach, owner }, orgNames }: Props) {
  const role = findRole(owner.role);
  const isOwners = scopes !== null && grantsOwnersPermissions(scopes);
  const permitted = isOwners ? permissionsOfServiceKey(scopes, role) : scopes;
  return (
    <Panel id="powers" title="Permissions">
      {isOwners && (
        <p className="px-4 pt-3">
          Everything its owner may do through the admin API: its only scope is{" "}
          <code className="mono">admin</code>
          {owner.role && `, and ${plainStored(owner.name)} has the role ${owner.role}`}.
        </p>
      )}
      <ul className="grid gap-x-6 gap-y-1.5 px-4 py-3 sm:grid-cols-2">
        {(permitted ?? permissionsOfInferenceKey(role)).map((scope) => (
          <li key={scope}>
            {WORDS[scope] ?? "Unknown scope"}{" "}
            <code className="mono text-ink-muted text-sm whitespace-nowrap">{scope}</code>
          </li>
        ))}
      </ul>
      {scopes && !scopes.includes("admin") && (
        <p className="text-ink-muted px-4 pb-3">
          Needs the <code className="mono">admin</code> scope to use <code className="mono">/v1/admin</code>.
        </p>
      )}
      <div className="border-t px-4 py-3">
        <h3 className="font-medium">Customers</h3>
        {reach.all ? (
          <p className="mt-1">All customers, including future ones</p>
        ) : (
          <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
            {(reach.org_ids ?? []).map((id) => (
              <li key={id}>
                <StoredText>{orgNames[id] ?? id}</StoredText>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}
