import type { BrowserContext } from "@playwright/test";

/** HTML that runs `hit()` wherever it is taken for markup. */
export const MARKUP = `"><img src=x onerror=hit()><script>hit()</script>`;

/** Collects the scripts of injected markup that ran on the pages of a context, and the CSP violations. */
export class PolicyWatch {
  readonly hits: string[] = [];
  readonly violations: string[] = [];

  async watch(context: BrowserContext): Promise<void> {
    await context.exposeBinding("hit", ({ frame }) => void this.hits.push(frame.url()));
    await context.exposeBinding("noteViolation", (_source, text: string) => void this.violations.push(text));
    await context.addInitScript(() =>
      window.addEventListener("securitypolicyviolation", (event) => {
        const { noteViolation } = window as unknown as { noteViolation(text: string): void };
        noteViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample} ${location.pathname}`);
      }),
    );
  }
}
