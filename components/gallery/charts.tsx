import { CancelsPanel } from "@/components/overview/cancels-panel";
import { LatencySample } from "./latency-sample";
import { CANCELS } from "./sample";
import { Section } from "./section";

export function Charts() {
  return (
    <Section
      id="charts"
      title="Charts"
      about="A picture where people would look rather than read, with its numbers in words for who can’t see it. Parts are told apart by pattern as well as by colour."
    >
      <LatencySample />
      <CancelsPanel counts={CANCELS} />
    </Section>
  );
}
