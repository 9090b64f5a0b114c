import { expect, type BrowserContext } from "@playwright/test";

/** Faults that fail a test: uncaught errors, and console errors. */
export class Faults {
  private readonly found: string[] = [];
  private readonly expected: RegExp[] = [];

  watch(context: BrowserContext): void {
    context.on("weberror", (fault) => this.found.push(`${fault.page()?.url()}: ${fault.error().stack}`));
    context.on("console", (message) => {
      if (message.type() === "error") this.found.push(`${message.location().url}: ${message.text()}`);
    });
  }

  /** Browsers log each refused or lost request as an error; a test that causes one declares it. */
  expect(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  check(): void {
    const unexpected = this.found.filter((text) => !this.expected.some((pattern) => pattern.test(text)));
    expect(unexpected, "errors in the browser's console").toEqual([]);
  }
}
