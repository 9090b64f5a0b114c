import { getPersonCredentialsOperation } from "@/lib/contract/people";
import { findCredentials } from "@/lib/people/find-credentials";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getPersonCredentialsOperation, async ({ db, caller, params }) => ({
    status: 200,
    body: await findCredentials(db, caller.reach, String(params["person_id"])),
  })),
});
