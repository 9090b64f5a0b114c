import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { plainStored } from "@/lib/client/bidi";
import type { CallbackSecret } from "@/lib/contract/callback-secrets";
import { NewSecret } from "./new-secret";
import { SecretActions } from "./secret-actions";
import { SecretState } from "./secret-state";

type Props = { orgId: string; customer: string; secrets: CallbackSecret[] };

/** An organization's signing secrets, and the steps to rotate them without a gap. */
export function SecretsPanel({ orgId, customer, secrets }: Props) {
  const valid = secrets.filter(({ disabled_at }) => disabled_at === null);
  const ended = secrets.filter(({ disabled_at }) => disabled_at !== null);
  const current = valid.find(({ is_current }) => is_current);
  const others = valid.filter((secret) => secret !== current);
  return (
    <Panel
      id="secrets"
      title="Signing secrets"
      aside={<NewSecret orgId={orgId} customer={customer} isFirst={!current} />}
    >
      <p className="text-ink-muted px-4 py-3">{advise(customer, current, others)}</p>
      <ul>
        {[...(current ? [current] : []), ...others].map((secret) => (
          <SecretItem
            key={secret.id}
            {...{ secret, current, customer }}
            canGo={!secret.is_current || !others[0]}
          />
        ))}
      </ul>
      {ended.length > 0 && (
        <details className="border-t px-4 py-2">
          <summary className="text-accent w-fit py-0.5">
            {ended.length === 1 ? "1 disabled secret" : `${ended.length} disabled secrets`}
          </summary>
          <ul className="text-ink-muted mt-1 grid gap-1">
            {ended.map(({ id, hint, disabled_at }) => (
              <li key={id}>
                <code className="mono">…{hint}</code>, disabled <Moment time={disabled_at!} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}

type ItemProps = {
  secret: CallbackSecret;
  current: CallbackSecret | undefined;
  customer: string;
  canGo: boolean;
};

function SecretItem({ secret, current, customer, canGo }: ItemProps) {
  return (
    <li className="grid gap-1 border-t px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <code className="mono">rf_whs_…{secret.hint}</code>
        <SecretState isCurrent={secret.is_current} />
      </div>
      <p className="text-ink-muted text-sm">
        {secret.is_current && secret.promoted_at ? (
          <>
            In use since <Moment time={secret.promoted_at} />.
          </>
        ) : (
          <>
            Created <Moment time={secret.created_at} />.
          </>
        )}
      </p>
      <SecretActions secret={secret} currentHint={current?.hint} customer={customer} canGo={canGo} />
    </li>
  );
}

/** The next step of a rotation: create, send, promote, disable. */
function advise(customer: string, current: CallbackSecret | undefined, others: CallbackSecret[]): string {
  if (!current) return `${plainStored(customer)} has no secret: deliveries to it are not signed.`;
  if (others.length === 0)
    return "To rotate: create a new secret and send it to the customer. It isn’t used until you promote it.";
  const isNewer = others.some(({ id }) => id > current.id);
  return isNewer
    ? "Promote the newer one as soon as the customer’s receiver accepts both."
    : "Disable the older one as soon as the customer’s receiver no longer accepts it.";
}
