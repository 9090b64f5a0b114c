import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Configuration, Provider } from "oidc-provider";

export type ProviderClaims = {
  sub: string;
  name: string;
  email: string;
  email_verified: boolean;
  groups: string[];
};
type IdToken = {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  /** Signs it instead of the provider's key. */
  privateKey: KeyObject;
};

export type OpenIdProvider = {
  issuer: string;
  client: { client_id: string; client_secret: string };
  /** The secrets that it accepts from the client; at first, only that one. */
  secrets: Set<string>;
  /** Lets the console at this URL sign people in. */
  addConsole(baseUrl: string, providerId?: string): void;
  /** Adds or changes an account; by default with a new subject. */
  setAccount(claims: Partial<ProviderClaims> & Pick<ProviderClaims, "name">): ProviderClaims;
  /** Changes each ID token, which is then signed again; undefined stops that. */
  alter(change: ((token: IdToken) => void) | undefined): void;
  /** Signs with a new key from now on, and publishes only that one. */
  rotateKey(): void;
  /** Whether new sign-ins get refresh tokens; at first they do. */
  issuesRefreshTokens: boolean;
  /** Makes an account's refresh tokens invalid until it signs in again. */
  revoke(sub: string): void;
  /** How many times it was asked for tokens. */
  tokenRequests: number;
  /** How it answers: normally, never, or with an error. */
  mood: "well" | "hanging" | "failing";
  /** Stops listening, until `comeBack`. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
};

type Rule = { group: string; role: string; organizations: "all" | string[] };
const ACCESS: Rule[] = ["support", "auditor", "admin"].map((role) => ({
  group: role,
  role,
  organizations: "all",
}));

/** The provider's entry in OIDC_PROVIDERS; each role has a group of its name. */
export const settingsOf = ({ issuer, client }: OpenIdProvider, more: object = {}) => ({
  id: "test",
  name: "Company SSO",
  issuer,
  ...client,
  access: ACCESS,
  ...more,
});

/** Starts a real OpenID provider on loopback, whose sign-in page has a button for each account. */
export async function startOpenIdProvider(port = 0): Promise<OpenIdProvider> {
  const accounts = new Map<string, ProviderClaims>();
  const redirectUris: string[] = [];
  const client = { client_id: `console-${randomUUID()}`, client_secret: randomUUID() };
  let key = makeKey();
  let change: ((token: IdToken) => void) | undefined;
  let provider: Provider | undefined;
  const revoked = new Set<string>();

  const configuration = (): Configuration => ({
    clients: [
      {
        ...client,
        redirect_uris: redirectUris,
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
      },
    ],
    jwks: { keys: [{ ...key.privateKey.export({ format: "jwk" }), kid: key.kid, use: "sig", alg: "RS256" }] },
    claims: {
      openid: ["sub", "groups"],
      profile: ["name"],
      email: ["email", "email_verified"],
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    cookies: { keys: [client.client_secret] },
    pkce: { required: () => true },
    issueRefreshToken: () => self.issuesRefreshTokens,
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: 60,
      IdToken: 300,
      RefreshToken: 86_400,
      Grant: 86_400,
      Interaction: 600,
      Session: 86_400,
    },
    findAccount: (_ctx, sub, token) => {
      const claims = accounts.get(sub);
      if (!claims || (token && revoked.has(sub))) return undefined;
      return { accountId: sub, claims: () => Promise.resolve({ ...claims }) };
    },
    async loadExistingGrant(ctx) {
      const { oidc } = ctx;
      const grant = new oidc.provider.Grant({
        clientId: oidc.client!.clientId,
        accountId: oidc.session!.accountId!,
      });
      grant.addOIDCScope("openid profile email offline_access");
      await grant.save();
      return grant;
    },
  });

  function make(): Provider {
    const made = new Provider(self.issuer, configuration());
    made.Client.prototype.compareClientSecret = (given: string) => self.secrets.has(given);
    made.use(async (ctx, next) => {
      await next();
      const body = ctx.body as { id_token?: string } | undefined;
      if (change && ctx.oidc?.route === "token" && body?.id_token)
        body.id_token = signAgain(body.id_token, change, key.privateKey);
    });
    return made;
  }

  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    provider ??= make();
    const { uid } = await provider.interactionDetails(request, response);
    if (request.method !== "POST") {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(describeAccounts(uid, [...accounts.values()]));
      return;
    }
    const form = new URLSearchParams(await readText(request));
    const accountId = form.get("account");
    if (accountId) revoked.delete(accountId);
    const result = accountId ? { login: { accountId } } : { error: "access_denied" };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  const listen = async (): Promise<Server> => {
    const server = createServer((request, response) => {
      if (self.mood === "hanging") return;
      if (self.mood === "failing") return void response.writeHead(503).end();
      if (request.url?.startsWith("/interaction/")) {
        interact(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
        return;
      }
      if (request.url === "/token") self.tokenRequests++;
      provider ??= make();
      void provider.callback()(request, response);
    });
    await once(server.listen(port, "127.0.0.1"), "listening");
    ({ port } = server.address() as AddressInfo);
    return server;
  };
  const end = async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };

  let server = await listen();
  const self: OpenIdProvider = {
    // Another site than the console's, as in production.
    issuer: `http://localhost:${port}`,
    client,
    secrets: new Set([client.client_secret]),
    addConsole: (baseUrl, providerId = "test") => {
      redirectUris.push(`${baseUrl}/api/auth/callback/${providerId}`);
      provider = undefined;
    },
    setAccount: (given) => {
      const sub = given.sub ?? randomUUID();
      const email = `${sub}@company.example`;
      const claims = { sub, email, email_verified: true, groups: [], ...accounts.get(sub), ...given };
      accounts.set(sub, claims);
      return claims;
    },
    alter: (next) => void (change = next),
    rotateKey: () => {
      key = makeKey();
      provider = undefined;
    },
    issuesRefreshTokens: true,
    revoke: (sub) => void revoked.add(sub),
    tokenRequests: 0,
    mood: "well",
    goDown: end,
    comeBack: async () => void (server = await listen()),
    close: async () => {
      if (server.listening) await end();
    },
  };
  return self;
}

const makeKey = () => ({ kid: randomUUID(), ...generateKeyPairSync("rsa", { modulusLength: 2048 }) });

function signAgain(idToken: string, change: (token: IdToken) => void, privateKey: KeyObject): string {
  const [header, claims] = idToken
    .split(".")
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>);
  const token = { header: header!, claims: claims!, privateKey };
  change(token);
  const signed = [token.header, token.claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${signed}.${sign("sha256", Buffer.from(signed), token.privateKey).toString("base64url")}`;
}

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const describeAccounts = (uid: string, accounts: readonly ProviderClaims[]): string =>
  `<!doctype html><html lang="en"><title>Identity provider</title><link rel="icon" href="data:,"><h1>Sign in as</h1>
   <form method="post" action="/interaction/${uid}">${accounts
     .map(
       ({ sub, name, groups }) =>
         `<p><button name="account" value="${escape(sub)}">${escape(name)}</button> ${escape(groups.join(", "))}</p>`,
     )
     .join("")}<p><button name="account" value="">Don’t sign in</button></p></form></html>`;

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
