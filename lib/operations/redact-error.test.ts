import { expect, test } from "vitest";
import { redactError } from "./redact-error";

test.each([
  ["connect ECONNREFUSED 127.0.0.1:25", "connect ECONNREFUSED 127.0.0.1:25"],
  [
    "Can't send mail - all recipients were rejected: 550 5.1.1 <ada@example.com>: unknown",
    "Can't send mail - all recipients were rejected: 550 5.1.1 <(email)>: unknown",
  ],
  ["POST https://user:pw@hooks.example/in?token=abc failed", "POST https://… failed"],
  ['relation "runs" does not exist', 'relation "runs" does not exist'],
  ['Unexpected token in {"id":"x","sealed":"abc"} at 4', "Unexpected token in (value) at 4"],
  ["key rf_svc_0123456789abcdef refused", "key (key) refused"],
  [
    "delivery 0196f1a0-0000-7000-8000-00000000abcd is gone",
    "delivery 0196f1a0-0000-7000-8000-00000000abcd is gone",
  ],
  ["token AAAABBBBCCCCDDDDEEEEFFFF0000 is bad", "token (value) is bad"],
  ["first line\n  at stack", "first line"],
])("job's error %j: shown without values", (text, shown) => {
  expect(redactError(text)).toBe(shown);
});

test("long error: cut", () => {
  expect(redactError("a b ".repeat(200))).toHaveLength(300);
});
