import { KeyValues } from "@/components/ui/key-values";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import type { ServiceState } from "@/lib/contract/service-state";

/** How far sealing, checkpoints and forwarding are behind the audit trail. */
export function TrailPanel({ state: { sealing, checkpoint, forwarding } }: { state: ServiceState }) {
  return (
    <Panel id="trail" title="Audit trail">
      <KeyValues
        items={[
          {
            name: "Sealing",
            value:
              sealing.oldest_unsealed_at === null ? (
                "Up to date"
              ) : (
                <>
                  {entries(sealing.unsealed)} to seal, the oldest from{" "}
                  <RelativeTime time={sealing.oldest_unsealed_at} />
                </>
              ),
          },
          { name: "Sealer", value: sealing.is_led ? "A worker leads it" : "No worker leads it" },
          {
            name: "Checkpoint",
            value: checkpoint.time ? (
              <>
                {checkpoint.number?.toLocaleString("en")}, signed <RelativeTime time={checkpoint.time} />;{" "}
                {checkpoint.unsigned === 0
                  ? "covers everything sealed"
                  : `${entries(checkpoint.unsigned)} newer`}
              </>
            ) : (
              "None yet"
            ),
          },
          {
            name: "Copies",
            value: checkpoint.time && <Copies copies={checkpoint.copies} />,
          },
          {
            name: "Forwarding",
            value: forwarding ? (
              <>
                <span className="mono">{forwarding.target}</span>
                {forwarding.lacking_since === null ? (
                  ", up to date"
                ) : (
                  <>
                    , lacks {entries(forwarding.lacking)}, the oldest sealed{" "}
                    <RelativeTime time={forwarding.lacking_since} />
                  </>
                )}
              </>
            ) : (
              "Not configured"
            ),
          },
        ]}
      />
    </Panel>
  );
}

function Copies({ copies }: { copies: ServiceState["checkpoint"]["copies"] }) {
  if (copies.length === 0) return "No copy destination is configured.";
  return (
    <ul>
      {copies.map(({ target, copied_at, last_error }) => (
        <li key={target}>
          <span className="mono">{target}</span>
          {copied_at ? (
            <>
              , copied <RelativeTime time={copied_at} />
            </>
          ) : last_error ? (
            <span className="text-status-failed">
              , not copied: <StoredText>{last_error}</StoredText>
            </span>
          ) : (
            ", not copied yet"
          )}
        </li>
      ))}
    </ul>
  );
}

const entries = (count: number): string =>
  `${count.toLocaleString("en")} ${count === 1 ? "entry" : "entries"}`;
