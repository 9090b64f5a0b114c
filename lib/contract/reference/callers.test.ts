import { expect, test } from "vitest";
import { ADMITTED, answerByContract } from "@/e2e/api/contract-access";
import type { Credential } from "@/e2e/api/credential-kinds";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import {
  ADMIN_SCOPE,
  INFERENCE_PERMISSIONS,
  PERMISSIONS,
  permissionsOfServiceKey,
  ROLE_PERMISSIONS,
  ROLES,
} from "@/lib/states/permissions";
import { type Callers, describeCallers } from "./callers";
import { EXAMPLES } from "./examples";
import { groupOf } from "./groups";

/** A credential, and whether the description says that it may call. */
type Kind = { by: Omit<Credential, "headersFor">; isNamed: (callers: Callers) => boolean };

const people = ROLES.map((role): Kind => ({
  by: { name: role, kind: "session", opensAdmin: true, permissions: ROLE_PERMISSIONS[role] },
  isNamed: ({ roles }) => roles.includes(role),
}));

const SCOPES = [
  [ADMIN_SCOPE],
  ...PERMISSIONS.flatMap((permission) => [[ADMIN_SCOPE, permission], [permission]]),
];

const serviceKeys = ROLES.flatMap((role) =>
  SCOPES.map((scopes): Kind => {
    const permissions = permissionsOfServiceKey(scopes, role);
    const opensAdmin = scopes.includes(ADMIN_SCOPE);
    return {
      by: { name: `${role}'s ${scopes.join(" ")}`, kind: "service key", opensAdmin, permissions },
      isNamed: ({ permission, roles, service_key_scopes }) =>
        (permission === null || roles.includes(role)) &&
        service_key_scopes.some((needed) =>
          needed.length === 1 && needed[0] === ADMIN_SCOPE
            ? scopes.length === 1 && opensAdmin
            : needed.every((scope) => scopes.includes(scope)),
        ),
    };
  }),
);

const others: Kind[] = [
  {
    by: { name: "inference key", kind: "inference key", permissions: INFERENCE_PERMISSIONS },
    isNamed: ({ inference_key }) => inference_key,
  },
  { by: { name: "nobody", kind: "none", permissions: [] }, isNamed: () => false },
  { by: { name: "provider", kind: "provider", permissions: [] }, isNamed: ({ by }) => by === "provider" },
];

const KINDS = [...people, ...serviceKeys, ...others];

/** The credentials for which the description is wrong. */
const wrongFor = (operation: Operation, callers: Callers): string[] =>
  KINDS.filter(({ by, isNamed }) => {
    const isAdmitted = answerByContract(operation, { ...by, headersFor: () => ({}) }) === ADMITTED;
    return isAdmitted !== (callers.by === "everyone" || isNamed(callers));
  }).map(({ by }) => by.name);

test.each(OPERATIONS.map((each) => ({ id: each.id, each })))(
  "$id: the reference names exactly those who may call it",
  ({ each }) => expect(wrongFor(each, describeCallers(each))).toEqual([]),
);

test("wrong description: names someone else", () => {
  for (const operation of OPERATIONS.filter(({ access }) => access.by === "credential")) {
    const callers = describeCallers(operation);
    const { roles } = callers;
    expect(wrongFor(operation, { ...callers, inference_key: !callers.inference_key })).not.toEqual([]);
    expect(
      wrongFor(operation, { ...callers, roles: ROLES.filter((role) => !roles.includes(role)) }),
    ).not.toEqual([]);
  }
});

test("operations that can answer `approval_required`: say when", () => {
  const declared = OPERATIONS.filter(
    ({ id, description }) => id !== "requestApproval" && description?.includes("`approval_required`"),
  );
  expect(declared.length).toBeGreaterThan(0);
  expect(declared.filter((operation) => !describeCallers(operation).approval)).toEqual([]);
});

test("examples: only of existing operations", () => {
  const ids = OPERATIONS.map(({ id }) => id);
  expect(Object.keys(EXAMPLES).filter((id) => !ids.includes(id))).toEqual([]);
});

test("operation outside every group: refused", () => {
  expect(() => groupOf({ path: "/v1/new" })).toThrow(/belongs to no group/);
});
