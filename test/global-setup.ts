/** Both vitest and Playwright call this before the first test, and what it returns after the last. */
export { startTestServer as default } from "./postgres";
