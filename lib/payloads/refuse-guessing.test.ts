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
])("no permission to reveal payloads: refuses %s", (q) => {
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

test("names and nulls, which a masked payload shows: allowed", () => {
  for (const q of [
    undefined,
    "",
    "metadata.tenant:null",
    "metadata.tenant.ne:null",
    "client_ref:'metadata.a:1'",
  ])
    expect(() => refuseGuessing(person("auditor"), q)).not.toThrow();
});

test("a key sees payloads, so it may compare them", () => {
  const key = { kind: "service", permissions: new Set() } as unknown as Caller;
  expect(() => refuseGuessing(key, VALUE)).not.toThrow();
});
