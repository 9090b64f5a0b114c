type Query = Record<string, string | undefined>;

const withQuery = (path: string, query: Query): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
};

/** Every URL of the console. */
export const paths = {
  signIn: (next?: string, query: Query = {}): string => withQuery("/sign-in", { next, ...query }),
  overview: (): string => "/",
  account: (): string => "/account",
  runs: (query: Query = {}): string => withQuery("/runs", query),
  stuck: (query: Query = {}): string => withQuery("/runs/stuck", query),
  run: (id: string): string => `/runs/${encodeURIComponent(id)}`,
  /** The server decides what the text is: an id, a reference, a customer or an expression. */
  lookUp: (text: string): string => withQuery("/runs", { look: text }),
  audit: (query: Query = {}): string => withQuery("/audit", query),
  cancellations: (query: Query = {}): string => withQuery("/cancellations", query),
  cancellation: (id: string, query: Query = {}): string =>
    withQuery(`/cancellations/${encodeURIComponent(id)}`, query),
  /** A draft: `q` selects the runs, `org` is a customer's slug. */
  newCancellation: (query: Query = {}): string => withQuery("/cancellations/new", query),
  approvals: (query: Query = {}): string => withQuery("/approvals", query),
  approval: (id: string): string => `/approvals/${encodeURIComponent(id)}`,
  webhooks: (query: Query = {}): string => withQuery("/webhooks", query),
  webhook: (id: string): string => `/webhooks/${encodeURIComponent(id)}`,
  secrets: (query: Query = {}): string => withQuery("/webhooks/secrets", query),
  deliveries: (query: Query = {}): string => withQuery("/webhooks/deliveries", query),
  delivery: (id: string): string => `/webhooks/deliveries/${encodeURIComponent(id)}`,
  keys: (query: Query = {}): string => withQuery("/keys", query),
  key: (id: string): string => `/keys/${encodeURIComponent(id)}`,
  people: (query: Query = {}): string => withQuery("/people", query),
  person: (id: string): string => `/people/${encodeURIComponent(id)}`,
  operations: (): string => "/operations",
  /** Without an operation's id: the index. */
  reference: (id = "", query: Query = {}): string => withQuery(`/reference${id && `/${id}`}`, query),
  /** Texts for machines, not pages. */
  operationText: (id: string): string => `/reference/${id}.md`,
  llms: (): string => "/llms.txt",
  openApi: (): string => "/v1/openapi.json",
  components: (): string => "/components",
  security: (query: Query = {}): string => withQuery("/security", query),
  checkpoints: (query: Query = {}): string => withQuery("/audit/checkpoints", query),
  auditEntry: (id: string): string => `/audit/${encodeURIComponent(id)}`,
};

/** Where to go after sign-in; never outside this console (open redirect). */
export function safeNext(next: string | undefined): string {
  const base = "http://console.invalid";
  if (!next?.startsWith("/") || !URL.canParse(next, base)) return paths.runs();
  const url = new URL(next, base);
  const path = `${url.pathname}${url.search}${url.hash}`;
  // The URL parser resolves dots, so `/.//elsewhere` becomes `//elsewhere`: another host.
  return url.origin === base && !path.startsWith("//") && !path.includes("\\") ? path : paths.runs();
}
