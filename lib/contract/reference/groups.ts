import type { Operation } from "../operation";

type Group = {
  /** Its anchor on the index. */
  id: string;
  name: string;
  about: string;
  paths: RegExp;
};

/** The reference's groups in reading order. The first group whose pattern matches has the operation. */
const GROUPS: readonly Group[] = [
  {
    id: "cancellations",
    name: "Cancellations",
    about: "Cancel one run, or plan and start the cancellation of many.",
    paths: /^\/v1\/admin\/(runs\/\{run_id\}\/cancellation|cancellation-batches)/,
  },
  {
    id: "approvals",
    name: "Approvals",
    about: "Ask a second person to approve an action, and decide about requests.",
    paths: /^\/v1\/admin\/approvals/,
  },
  {
    id: "runs",
    name: "Runs",
    about: "Find runs, read them, and create them.",
    paths: /^\/v1\/(admin\/)?(runs(?!\/\{id\}\/callback)|look-up|models\/\{owner\})/,
  },
  {
    id: "callbacks",
    name: "Callbacks and webhooks",
    about: "Endpoints that hear how runs end, their secrets, and each delivery with its attempts.",
    paths: /\/callback|^\/v1\/webhooks/,
  },
  {
    id: "audit",
    name: "Audit trail",
    about: "Who changed what, when and why, with the proof that nothing was altered.",
    paths: /^\/v1\/admin\/audit-log/,
  },
  {
    id: "security",
    name: "Security events",
    about: "Refused and failed attempts.",
    paths: /^\/v1\/admin\/security-events/,
  },
  {
    id: "keys",
    name: "Keys",
    about: "Create, rotate, suspend and revoke the keys of customers and scripts.",
    paths: /^\/v1\/(admin\/keys|auth\/key-claims|leaked-keys)/,
  },
  {
    id: "people",
    name: "People",
    about: "Invite people, and change what they may do.",
    paths: /^\/v1\/(admin\/people|auth\/password$)/,
  },
  {
    id: "customers",
    name: "Customers and models",
    about: "Organizations and their protection, their credit, and the models.",
    paths: /^\/v1\/(admin\/(organizations|models)|billing)/,
  },
  { id: "views", name: "Saved views", about: "Named filters of the run list.", paths: /^\/v1\/admin\/views/ },
  {
    id: "account",
    name: "Your account",
    about: "The caller, and a person's own sessions, password and second factors.",
    paths: /^\/v1\/auth/,
  },
  {
    id: "provider",
    name: "Provider",
    about: "Reports of the compute provider, authenticated by a signature.",
    paths: /^\/v1\/provider/,
  },
  {
    id: "operations",
    name: "Operations",
    about: "The state of queues, processes and the audit trail, and jobs that failed.",
    paths: /^\/v1\/admin\/(operations|jobs)/,
  },
  {
    id: "service",
    name: "Service",
    about: "Health, readiness and the OpenAPI document.",
    paths: /^\/v1\/(health|readiness|openapi\.json)$/,
  },
];

/** The groups as tags of the OpenAPI document. */
export const TAGS = GROUPS.map(({ id, name, about }) => ({ name, description: about, "x-id": id }));

/** @throws for a path outside every group, so that a new operation needs one */
export function groupOf({ path }: Pick<Operation, "path">): string {
  const group = GROUPS.find(({ paths }) => paths.test(path));
  if (!group)
    throw new Error(`${path} belongs to no group of the reference; extend lib/contract/reference/groups`);
  return group.name;
}
