import { describe, expect, it } from "vitest";
import { makeAttempts, UNDECIDED_MS } from "./attempts";
import { DEMO_INTEGRATIONS, type DemoIntegration } from "./customers";
import { createRandom } from "./random";

const NOW = Date.UTC(2026, 5, 1, 12);
const HOUR_MS = 3_600_000;
const integrationOf = (slug: string): DemoIntegration =>
  DEMO_INTEGRATIONS.find((integration) => integration.slug === slug)!;

/** Deliveries over two days, at regular intervals. */
function coursesOf(slug: string, hours = 48, count = 2_000) {
  const random = createRandom(`courses of ${slug}`);
  return Array.from({ length: count }, (_, n) =>
    makeAttempts(integrationOf(slug), NOW - (hours * HOUR_MS * n) / count, NOW, random),
  );
}

describe("delivery attempts of the demo", () => {
  it("end with a success, the eighth failure, or a pending attempt", () => {
    for (const { attempts, isDelivered, nextMs } of DEMO_INTEGRATIONS.flatMap(({ slug }) =>
      coursesOf(slug),
    )) {
      const isWell = attempts.map(({ status }) => status !== null && status >= 200 && status < 300);
      expect(isWell.filter(Boolean)).toHaveLength(isDelivered ? 1 : 0);
      expect(isDelivered).toBe(isWell.at(-1) ?? false);
      if (nextMs !== undefined) expect(nextMs).toBeGreaterThan(NOW - UNDECIDED_MS);
      else expect(isDelivered || attempts.length === 8).toBe(true);
      expect(attempts.every(({ startedMs, durationMs }) => startedMs + durationMs <= NOW)).toBe(true);
    }
  });

  it("good endpoint: nearly all succeed at once, a few never do", () => {
    const courses = coursesOf("nordlicht");
    const atOnce = courses.filter(({ attempts, isDelivered }) => isDelivered && attempts.length === 1);
    expect(atOnce.length / courses.length).toBeGreaterThan(0.97);
    expect(courses.some(({ isDelivered, nextMs }) => !isDelivered && nextMs === undefined)).toBe(true);
    expect(courses.some(({ nextMs }) => nextMs !== undefined)).toBe(true);
  });

  it.each([
    ["kestrel-loom", { status: 500, error: null }],
    ["tidewater", { status: null, error: "timeout" }],
    ["atelier-minuit", { status: null, error: "connection_reset" }],
    ["marula", { status: 302, error: "redirect_not_followed" }],
  ])("failing endpoint %s: attempts fail its way", (slug, failure) => {
    const first = coursesOf(slug).map(({ attempts }) => attempts[0]);
    expect(first).toContainEqual(expect.objectContaining(failure));
  });

  it("broken endpoint: all attempts fail from the moment it breaks", () => {
    expect(coursesOf("marula", 7).every(({ nextMs }) => nextMs !== undefined)).toBe(true);
    const earlier = coursesOf("marula").filter(({ isDelivered }) => isDelivered);
    expect(earlier.length).toBeGreaterThan(1_000);
  });
});
