import type { Page } from "@playwright/test";
import { test as base } from "@/e2e/browser/agent-test";
import { Faults } from "@/e2e/browser/faults";
import { makePerson } from "@/test/credentials";
import type { Fixture } from "@/test/fixture";

/** A density with more runs than the small seed has. */
const DENSITY = [
  1, 2, 4, 7, 12, 19, 30, 44, 61, 80, 96, 108, 112, 109, 101, 90, 78, 67, 56, 47, 39, 32, 26, 20, 16, 12, 9,
  7, 5, 3, 2, 1,
];

type Each = { /** The browser of a person with every permission. */ admin: Page };

/**
 * Each test creates one state and ends with its screenshot, named after the test. People and the customer
 * have realistic names, because people look at the screenshots.
 */
export const test = base.extend<Each, { fixture: Fixture }>({
  // Many screenshots show failures.
  // oxlint-disable-next-line no-empty-pattern
  faults: async ({}, use) => use(new Faults()),
  agent: [
    async ({ agent, console }, use) => {
      await console.database.owner.query("UPDATE people SET name = 'Ada Byron' WHERE id = $1", [agent.id]);
      await use(agent);
    },
    { scope: "worker" },
  ],
  fixture: [
    async ({ fixture, console }, use) => {
      const { rows } = await console.database.owner.query<Pick<Fixture, "orgId" | "modelId" | "model">>(
        `UPDATE model_envelopes e SET samples = 1284, density = $1 FROM models m
         WHERE m.id = e.model_id AND m.slug = 'runflow/background-removal'
         RETURNING m.id AS "modelId", m.slug AS model,
           (SELECT id FROM organizations WHERE slug = 'nordlicht') AS "orgId"`,
        [DENSITY],
      );
      await use({ ...fixture, ...rows[0]! });
    },
    { scope: "worker" },
  ],
  admin: async ({ openAs, console }, use) => {
    const { owner } = console.database;
    const person = await makePerson(owner, { role: "admin" });
    await owner.query("UPDATE people SET name = 'Grace Hopper' WHERE id = $1", [person.id]);
    await use(await openAs(person));
  },
});

export { expect } from "@playwright/test";
