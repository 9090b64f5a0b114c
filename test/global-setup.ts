/** Vitest and Playwright call this before the first test, and the function it returns after the last. */
export { startTestServer as default } from "./postgres";
