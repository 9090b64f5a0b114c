import { CancelsPanel } from "@/components/overview/cancels-panel";
import { LatencySample } from "./latency-sample";
import { CANCELS } from "./sample";
import { Section } from "./section";

export function Charts() {
  return (
    <Section
      id="charts"
      title="Charts"
      about="A chart for a quick look, with its numbers in words for people who can’t see it. Parts differ by pattern as well as by color."
    >
      <LatencySample />
      <CancelsPanel counts={CANCELS} />
    </Section>
  );
}
