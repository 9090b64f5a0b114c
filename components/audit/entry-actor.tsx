import { Copyable } from "@/components/ui/copyable";
import { KeyValues } from "@/components/ui/key-values";
import { Panel } from "@/components/ui/panel";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";
import type { Permission } from "@/lib/states/permissions";
import { PageLink } from "./page-link";

const ACTORS: Record<AuditEntry["actor"]["type"], string> = {
  user: "Person",
  service_key: "Service key",
  inference_key: "Inference key",
  system: "System",
};

type Props = { actor: AuditEntry["actor"]; permissions: ReadonlySet<Permission> };

/** Who acted: the person or key, and the owner and maker of a key. */
export function EntryActor({ actor, permissions }: Props) {
  return (
    <Panel id="actor" title="Actor">
      <KeyValues
        items={[
          {
            name: "Name",
            value:
              actor.type === "system" ? (
                actor.name
              ) : (
                <PageLink
                  type={actor.type === "user" ? "person" : "key"}
                  id={actor.id}
                  label={actor.name}
                  permissions={permissions}
                  orElse={paths.audit({ actor: actor.id, show: "all" })}
                />
              ),
          },
          { name: "Kind", value: ACTORS[actor.type] },
          { name: "Email", value: actor.email },
          { name: "Role", value: actor.role },
          { name: "Key", value: actor.key_prefix && <code className="mono">{actor.key_prefix}…</code> },
          { name: "ID", value: <Copyable text={actor.id} what="actor ID" /> },
          {
            name: "Made by",
            value: actor.maker && actor.maker.id !== actor.owner?.id && (
              <>
                <PageLink
                  type="person"
                  id={actor.maker.id}
                  label={actor.maker.name}
                  permissions={permissions}
                />
                <span className="text-ink-muted block text-sm">{actor.maker.email}</span>
              </>
            ),
          },
          {
            name: "Owner",
            value: actor.owner && (
              <>
                <PageLink
                  type="person"
                  id={actor.owner.id}
                  label={actor.owner.name}
                  permissions={permissions}
                />
                {actor.owner.role && (
                  <span className="text-ink-muted block text-sm">{actor.owner.role}, at that time</span>
                )}
              </>
            ),
          },
        ]}
      />
    </Panel>
  );
}
