import fc from "fast-check";
import { expect, test } from "vitest";
import { readIdempotencyKey } from "./answer-once";

const read = (value: string) => readIdempotencyKey(new Headers({ "Idempotency-Key": value }));

test("idempotency key: 1 to 255 visible ASCII characters", () => {
  const visible = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 255,
  });
  fc.assert(fc.property(visible, (key) => void expect(read(key)).toBe(key)));
});

test.each(["", "x".repeat(256), "a b", "a\tb", "\u00fc", "\u007f"])(
  "idempotency key: rejects %j",
  (value) => {
    expect(() => read(value)).toThrow(
      expect.objectContaining({
        code: "VALIDATION_ERROR",
        options: { errors: [expect.objectContaining({ loc: ["header", "idempotency-key"] })] },
      }),
    );
  },
);

test("idempotency key: none without the header", () =>
  expect(readIdempotencyKey(new Headers())).toBeUndefined());
