import type { Page } from "@playwright/test";
import { makePerson, type Person, signIn } from "@/test/credentials";
import { seedFixture, type Fixture } from "@/test/fixture";
import { Faults } from "./faults";
import { test as base } from "./test";

type StorageState = {
  cookies: {
    name: string;
    value: string;
    domain: string;
    path: string;
    expires: number;
    httpOnly: boolean;
    secure: boolean;
    sameSite: "Lax";
  }[];
  origins: [];
};

/** A browser without a session. */
export const SIGNED_OUT: StorageState = { cookies: [], origins: [] };

type Shared = {
  /** A customer and model without seeded runs, for runs that a test creates. */
  fixture: Fixture;
  /** The staff member signed in on `page`: support, all customers. */
  agent: Person & { state: StorageState };
};

type Each = {
  faults: Faults;
  /** Opens a second browser, signed in as this person, or signed out without one. */
  openAs(person?: Pick<Person, "email">): Promise<Page>;
};

/** `page` belongs to a signed-in agent; a fault in any open browser fails the test. */
export const test = base.extend<Each, Shared>({
  fixture: [async ({ console }, use) => use(await seedFixture(console.database.owner)), { scope: "worker" }],
  agent: [
    async ({ console }, use) => {
      const person = await makePerson(console.database.owner);
      await use({ ...person, state: await stateOf(console.server.baseUrl, person) });
    },
    { scope: "worker" },
  ],
  storageState: ({ agent }, use) => use(agent.state),
  faults: [
    // Playwright reads the required fixtures from this pattern.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const faults = new Faults();
      await use(faults);
      faults.check();
    },
    { auto: true },
  ],
  context: async ({ context, faults }, use) => {
    faults.watch(context);
    await use(context);
  },
  openAs: async ({ browser, console, faults }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (person) => {
      const storageState = person ? await stateOf(console.server.baseUrl, person) : SIGNED_OUT;
      const context = await browser.newContext({ storageState });
      contexts.push(context);
      faults.watch(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** A person's session, as browser storage. */
export async function stateOf(baseUrl: string, person: Pick<Person, "email">): Promise<StorageState> {
  const { Cookie } = await signIn(baseUrl, person);
  const [name, value] = [Cookie.slice(0, Cookie.indexOf("=")), Cookie.slice(Cookie.indexOf("=") + 1)];
  const common = { path: "/", expires: -1, httpOnly: true, secure: false, sameSite: "Lax" } as const;
  return { cookies: [{ name, value, domain: new URL(baseUrl).hostname, ...common }], origins: [] };
}

export { expect } from "@playwright/test";
