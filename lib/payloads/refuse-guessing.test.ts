import { expect, test } from "vitest";
import type { Caller } from "@/lib/states/caller";
import { ROLE_PERMISSIONS, type Role } from "@/lib/states/permissions";
import { refuseGuessing } from "./refuse-guessing";

const person = (role: Role) =>
  ({ kind: "session", permissions: new Set(ROLE_PERMISSIONS[role]) }) as unknown as Caller;
const VALUE = "metadata.tenant:'shop 7'";

test.each([
  VALUE,
  "metadata.amount>=10",
  `NOT (model:a OR ${VALUE})`,
  `status_code:running AND metadata.tenant.ne:x`,
])("whoever may not reveal payloads may not ask %s", (q) => {
  expect(() => refuseGuessing(person("auditor"), q)).toThrow(
    expect.objectContaining({
      code: "PERMISSION_DENIED",
      options: expect.objectContaining({
        errors: [expect.objectContaining({ type: "permission_required", loc: ["query", "q"] })],
      }),
    }),
  );
  for (const role of ["support", "admin"] as const) refuseGuessing(person(role), q);
});

test("what a masked payload shows, names and what is null, may be asked by everyone", () => {
  for (const q of [
    undefined,
    "",
    "metadata.tenant:null",
    "metadata.tenant.ne:null",
    "client_ref:'metadata.a:1'",
  ])
    expect(() => refuseGuessing(person("auditor"), q)).not.toThrow();
});

test("a key sees payloads, and may compare them", () => {
  const key = { kind: "service", permissions: new Set() } as unknown as Caller;
  expect(() => refuseGuessing(key, VALUE)).not.toThrow();
});
