import { z } from "zod";
import { defineOperation, exempt, session } from "./operation";
import { Timestamp, Uuid } from "./values";

export const Session = z
  .object({
    id: Uuid,
    started_at: Timestamp,
    last_used_at: Timestamp.meta({ description: "Accurate to a minute or two." }),
    expires_at: Timestamp,
    /** Null while it is active. */
    ended_at: Timestamp.nullable(),
    /** Where the person signed in. */
    ip: z.string().nullable(),
    user_agent: z.string().nullable(),
    authenticated_with: z
      .array(z.string())
      .meta({ description: "What the person proved at the sign-in, such as `password` and `totp`." }),
    is_current: z.boolean().meta({ description: "Whether it sent this request." }),
  })
  .meta({ id: "Session", description: "A person's sign-in to the console, in one browser." });
export type Session = z.infer<typeof Session>;

export const Sessions = z.object({ items: z.array(Session) }).meta({ id: "Sessions" });

export const EndedSessions = z
  .object({ ended: z.int().meta({ description: "How many sessions this request ended." }) })
  .meta({ id: "EndedSessions" });

export const Activity = z
  .object({ idle_minutes: z.int().meta({ description: "The session ends after this time without use." }) })
  .meta({ id: "Activity" });

const IDLE =
  "Changes, opened pages and this request count as use of the session; other reads don't, because an open page polls.";

export const reportActivityOperation = defineOperation({
  id: "reportActivity",
  method: "POST",
  path: "/v1/auth/activity",
  summary: "Keep your session from ending",
  description: `The console sends this when its person presses a key or clicks, at most once a minute. ${IDLE}`,
  access: session,
  beforeFactor: true,
  audits: exempt("It only updates when the session was last used."),
  responses: { 200: { description: "The session goes on.", body: Activity } },
});

export const listSessionsOperation = defineOperation({
  id: "listSessions",
  method: "GET",
  path: "/v1/auth/sessions",
  summary: "List your own active sessions",
  description: "The newest first.",
  access: session,
  beforeFactor: true,
  responses: { 200: { description: "Your sessions.", body: Sessions } },
});

export const endSessionOperation = defineOperation({
  id: "endSession",
  method: "POST",
  path: "/v1/auth/sessions/{session_id}/termination",
  summary: "End one of your own sessions",
  description: "It ends with its next request.",
  access: session,
  beforeFactor: true,
  audits: "session.ended",
  responses: {
    200: { description: "The session had already ended; nothing changed.", body: Session },
    201: { description: "This request ended the session.", body: Session },
  },
});

export const endOtherSessionsOperation = defineOperation({
  id: "endOtherSessions",
  method: "POST",
  path: "/v1/auth/sessions/termination",
  summary: "End all your sessions but this one",
  access: session,
  beforeFactor: true,
  audits: "session.ended",
  responses: { 200: { description: "The others have ended.", body: EndedSessions } },
});
