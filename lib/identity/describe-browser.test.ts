import { expect, test } from "vitest";
import { describeBrowser } from "./describe-browser";

test.each([
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0",
    "Firefox on macOS",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
    "Microsoft Edge on Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    "Safari on iOS",
  ],
  [" ", "Unknown browser"],
  ["\0<script>", "Unknown browser"],
  ["", "Unknown browser"],
  [null, "Unknown browser"],
])("browser %j: %s", (userAgent, name) => {
  expect(describeBrowser(userAgent)).toBe(name);
});
