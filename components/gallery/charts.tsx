import { KeyActivity } from "@/components/keys/key-activity";
import { CancelsPanel } from "@/components/overview/cancels-panel";
import { LatencySample } from "./latency-sample";
import { CANCELS, KEY, KEY_ACTIVITY } from "./sample";
import { Section } from "./section";

export function Charts() {
  return (
    <Section
      id="charts"
      title="Charts"
      about="A chart has a text alternative with its numbers. Its parts differ by pattern as well as by color."
    >
      <LatencySample />
      <CancelsPanel counts={CANCELS} />
      <KeyActivity of={KEY} activity={KEY_ACTIVITY} may={{ readAudit: true, readSecurity: true }} />
    </Section>
  );
}
