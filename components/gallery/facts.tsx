import { CopyButton } from "@/components/ui/copy-button";
import { KeyValues } from "@/components/ui/key-values";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { UrlText } from "@/components/ui/url-text";
import { RUNS } from "./sample";
import { LateJson } from "./late";
import { Section } from "./section";

const { id, model, created_at } = RUNS[0]!;

const ADDRESS = "https://hooks.nordlicht-studio.example/v1/runflow/orders";

export function Facts() {
  return (
    <Section
      id="facts"
      title="Facts and payloads"
      about="Muted names, values in one column, a dash for a missing value. JSON appears as sent, foldable and searchable."
    >
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel id="gallery-facts" title="Sample facts" aside={<CopyButton text={id} what="sample facts" />}>
          <KeyValues
            items={[
              { name: "Run", value: <code className="mono">{id}</code> },
              { name: "Model", value: model },
              {
                name: "Receiver",
                value: (
                  <span title={ADDRESS} className="block max-w-56">
                    <UrlText url={ADDRESS} />
                  </span>
                ),
              },
              { name: "Created", value: <RelativeTime time={created_at} /> },
              { name: "Client ref", value: null },
              { name: "Turned over", value: "bot \u202Exoferif" },
              { name: "Right to left", value: "شركة 42" },
            ]}
          />
        </Panel>
        <LateJson />
      </div>
    </Section>
  );
}
