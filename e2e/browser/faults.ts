import { expect, type BrowserContext } from "@playwright/test";

/** What a page must never say by itself: errors that nobody caught, and whatever it writes to the console as one. */
export class Faults {
  private readonly found: string[] = [];
  private readonly expected: RegExp[] = [];

  watch(context: BrowserContext): void {
    context.on("weberror", (fault) => this.found.push(`${fault.page()?.url()}: ${fault.error().stack}`));
    context.on("console", (message) => {
      if (message.type() === "error") this.found.push(`${message.location().url}: ${message.text()}`);
    });
  }

  /** A browser reports each refused or lost request as an error; a test that brings one about says so. */
  expect(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  check(): void {
    const unexpected = this.found.filter((text) => !this.expected.some((pattern) => pattern.test(text)));
    expect(unexpected, "errors in the browser's console").toEqual([]);
  }
}
