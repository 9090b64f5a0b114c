import { StatusBadge } from "@/components/runs/status-badge";
import { buttonStyle } from "@/components/ui/button-style";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { ThingHeader } from "@/components/ui/thing-header";
import { ThingSkeleton } from "@/components/ui/thing-skeleton";
import { RUNS } from "./sample";
import { Section, Specimen } from "./section";

const { id, model, created_at } = RUNS[0]!;

export function Headers() {
  return (
    <Section
      id="headers"
      title="Page headers"
      about="A list starts with its title. A detail page starts with the back link, then title, state and actions."
    >
      <Specimen name="One thing">
        <div className="overflow-hidden rounded-lg border">
          <ThingHeader
            as="h2"
            back={{ href: "#headers", text: "Samples" }}
            title={<span className="mono">{id}</span>}
            aside={<CopyButton text={id} what="the sample’s ID" />}
            status={<StatusBadge status="succeeded" isLarge />}
            about={
              <>
                {model}, created <RelativeTime time={created_at} />
              </>
            }
            actions={
              <a href="#headers" className={buttonStyle()}>
                An action
              </a>
            }
          />
        </div>
      </Specimen>
      <Specimen name="One thing, loading">
        <div className="bg-canvas max-h-72 overflow-hidden rounded-lg border">
          <ThingSkeleton hasMore />
        </div>
      </Specimen>
    </Section>
  );
}
