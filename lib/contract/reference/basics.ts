import { ERRORS } from "../errors";

/** A section of the page about everything that operations share. */
export type BasicsSection = {
  id: string;
  title: string;
  /** With code between backticks. */
  paragraphs: readonly string[];
  /** A command or a document, to copy. */
  sample?: { title: string; what: string; text: string };
  table?: { head: readonly string[]; rows: readonly (readonly string[])[] };
};

type Settings = {
  origin: string;
  requestsPerMinute: number;
  refusalsPerMinute: number;
  stepUpMinutes: number;
};

const ENVELOPE = `{
  "code": "VALIDATION_ERROR",
  "message": "${ERRORS.VALIDATION_ERROR.message}",
  "errors": [
    {
      "type": "string_too_short",
      "loc": ["body", "reason"],
      "msg": "The reason needs at least 3 characters."
    }
  ]
}`;

export const describeBasics = (settings: Settings): BasicsSection[] => [
  {
    id: "credentials",
    title: "Credentials",
    paragraphs: [
      "Send a key in the header `Authorization: Bearer …`. An inference key (`rf_live_…`) creates and reads the runs of its own organization. A service key (`rf_svc_…`) is a script's key, and needs the scope `admin` for everything under `/v1/admin`.",
      "The scope `admin` alone lets a service key do everything that its owner's role includes. If further scopes are listed, it may do only those. A key stops working when its owner or its maker is disabled.",
      "A few operations are for people only, and take the console's session cookie. A change with a session must come from the console's own origin.",
    ],
    sample: {
      title: "Who you are",
      what: "command",
      text: `curl "${settings.origin}/v1/auth/me" \\\n  -H "Authorization: Bearer $RUNFLOW_KEY"`,
    },
  },
  {
    id: "organizations",
    title: "Organizations",
    paragraphs: [
      "Callers see only organizations in their reach; anything else is 404, as if it didn't exist. `X-Organization-Id` limits a request to one of them. Operations that create something for an organization need it if the caller can access several.",
    ],
  },
  {
    id: "step-up",
    title: "Step-up and approvals",
    paragraphs: [
      `An operation with step-up needs a session whose person signed in, or confirmed their password or second factor, within the last ${settings.stepUpMinutes} minutes. Otherwise it answers 403 \`step_up_required\`. Keys need no step-up.`,
      "Some actions need the approval of a second person: 409 `approval_required`. Ask with `POST /v1/admin/approvals`, and repeat the action once someone has approved it.",
    ],
  },
  {
    id: "retries",
    title: "Retries",
    paragraphs: [
      "Operations that support `Idempotency-Key` can be repeated safely. A retry with the same credential, path and body within 24 hours gets the first response again, with its status. Use one key for each intention, not for each attempt. A key with another body is 409 `idempotency_key_reused`; while the first request is running, 409 `idempotency_key_in_use`.",
      "Retry after 429 and 503, and after a lost connection. `Retry-After` says how many seconds to wait.",
    ],
  },
  {
    id: "limits",
    title: "Rate limits",
    paragraphs: [
      `Each key, and each person over all their sessions, may send ${settings.requestsPerMinute.toLocaleString("en")} requests a minute. Requests without a valid credential are limited to ${settings.refusalsPerMinute.toLocaleString("en")} a minute and client address. More are 429 \`RATE_LIMITED\` with \`Retry-After\` in seconds.`,
    ],
  },
  {
    id: "lists",
    title: "Lists",
    paragraphs: [
      "Lists answer `{items, first, next, previous}`. To read the next page, send `next` as `pq` with the same filter and order. A cursor is opaque; a changed one, or one of another filter, is 422. `limit` is 1 to 500.",
      "Lists of runs take an expression in `q`, such as `status_code:running AND created_at>2026-04-01`.",
    ],
  },
  {
    id: "values",
    title: "Values",
    paragraphs: [
      "Requests and responses are JSON in UTF-8. Times are `2026-05-23T10:42:11.000+00:00`: UTC, with milliseconds and an offset. Money is US dollars as a decimal string. IDs are UUIDs in lower case; upper case is accepted. An unknown field or parameter is 422, so that a typo never changes the meaning of a request.",
      "The run's status is `canceled`, the event `run.cancelled`, and counters are `cancelled`.",
    ],
  },
  {
    id: "errors",
    title: "Errors",
    paragraphs: [
      "Every error has the same envelope. `code` is stable; `message` is for people. `errors` is null or lists the faults: `type` is stable, and `loc` is the place, such as `body` and `reason`.",
      "Every response has `Runflow-Request-Id`. Logs and audit entries have it too; give it to support.",
    ],
    sample: { title: "An error", what: "error", text: ENVELOPE },
    table: {
      head: ["Status", "Code", "Message"],
      rows: Object.entries(ERRORS).map(([code, { status, message }]) => [
        String(status),
        `\`${code}\``,
        message,
      ]),
    },
  },
];
