import { callApi } from "./call-api";
import { send } from "./send";

const loadSchemas = () => import("@/lib/contract/sessions");
const PATH = "/v1/auth/sessions";

export const endSession = (id: string) =>
  send(async () => (await loadSchemas()).Session, { method: "POST", path: `${PATH}/${id}/termination` });

export const endOtherSessions = () =>
  send(async () => (await loadSchemas()).EndedSessions, { method: "POST", path: `${PATH}/termination` });

/** Says that the person is at the console, so that the session goes on. */
export const reportActivity = async () =>
  callApi((await loadSchemas()).Activity, "/v1/auth/activity", { method: "POST" });
