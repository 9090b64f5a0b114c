import { describe, expect, test } from "vitest";
import { refuseWeakPassword } from "./refuse-weak-password";

const OWNER = { name: "Beatriz Almeida", email: "beatriz.almeida@runflow.example" };
const refuse = (password: string) => refuseWeakPassword(password, OWNER, "new_password");
const weak = (msg: RegExp) => ({
  code: "VALIDATION_ERROR",
  options: {
    errors: [{ type: "password_too_weak", loc: ["body", "new_password"], msg: expect.stringMatching(msg) }],
  },
});

describe("weak password: refused, with the reason", () => {
  test.each([
    ["123456789012", /common/],
    ["password1234", /common/],
    ["Password1234!", /common/],
    ["p4ssw0rdp4ssw0rd", /common|Repeated/],
    ["administrator1", /common/],
    ["qwertyuiopas", /common|Repeated/],
    ["aaaaaaaaaaaa", /Repeated/],
    ["abcabcabcabcabc", /Repeated|common/],
    ["abcdefghijkl", /Repeated|common/],
    ["runflowrunflow", /name/],
    ["Runflow2026!!", /name/],
    ["beatriz.almeida@runflow.example", /name/],
    ["BeatrizAlmeida", /name/],
    ["Beatriz1234567", /name/],
    ["almeida almeida", /name/],
  ])("%s", async (password, msg) => {
    await expect(refuse(password)).rejects.toMatchObject(weak(msg));
  });
});

test.each([
  "correct horse battery staple",
  "four words, and a comma",
  "Ångström, twelve",
  "vG7#pQ2xLm9&",
  "as long as it should be",
  "🙂🚲🌧️🎻🧊🪁🥝🦉🛶🧭🪐🌵",
  "Beatriz likes wet gravel on mondays",
])("strong password %s: accepted", async (password) => {
  await expect(refuse(password)).resolves.toBeUndefined();
});

test("long password: judged within a moment", async () => {
  await refuse("warm-up, to load the dictionary");
  for (const unit of ["a", "4@", "1qaz", "password", "é"]) {
    const startedAt = performance.now();
    await refuse(unit.repeat(128).slice(0, 128)).catch(() => undefined);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  }
});
