import type { Page } from "@playwright/test";
import type { AuditEntry } from "@/lib/contract/audit";
import type { AuditEntryProof } from "@/lib/contract/audit-proof";
import { seedFixture, type Fixture } from "@/test/fixture";
import { growTrail, readTrail, sealAll } from "@/test/grow-trail";
import { publishKey, signCheckpoint } from "@/test/sign-checkpoint";
import { makeTestSigner } from "@/test/test-signer";
import { expectAccessible } from "./accessible";
import { expect, test as base } from "./agent-test";
import type { Console } from "./test";
import { visit } from "./visit";

type Sealed = {
  fixture: Fixture;
  name: string;
  entries: AuditEntry[];
  keyId: string;
  write(count: number): Promise<void>;
};

/** An organization of its own with four sealed entries, and a checkpoint that vouches for the first three. */
const test = base.extend<{ sealed: Sealed }>({
  sealed: async ({ console }, use) => use(await makeSealed(console)),
});

async function makeSealed({ database }: Console): Promise<Sealed> {
  const { owner, worker } = database;
  const fixture = await seedFixture(owner);
  await sealAll(worker);
  await growTrail(database, [fixture], 3);
  const signer = makeTestSigner();
  await publishKey(owner, signer);
  await signCheckpoint(owner, signer);
  await growTrail(database, [fixture], 1);
  const { rows } = await owner.query<{ name: string }>("SELECT name FROM organizations WHERE id = $1", [
    fixture.orgId,
  ]);
  return {
    fixture,
    name: rows[0]!.name,
    entries: (await readTrail(owner)).filter(({ org_id }) => org_id === fixture.orgId),
    keyId: signer.verifierKey.split("+")[1]!,
    write: (count) => growTrail(database, [fixture], count),
  };
}

const record = (page: Page) => page.getByRole("region", { name: "Record" });
const outcome = (page: Page) => record(page).getByRole("status").filter({ hasText: /./ });
const verify = (page: Page) => record(page).getByRole("button", { name: "Verify" }).click();

/** What an attacker between server and browser, or in the server, would make of the proof. */
async function changeProof(page: Page, change: (answer: AuditEntryProof) => void): Promise<void> {
  await page.route(/\/v1\/admin\/audit-log\/[^/]+\/proof$/, async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as AuditEntryProof;
    change(answer);
    await route.fulfill({ response, json: answer });
  });
}

test("an entry is verified in the browser, which says exactly what it checked", async ({ page, sealed }) => {
  const [first, , third] = sealed.entries as [AuditEntry, AuditEntry, AuditEntry];
  await visit(page, `/audit/${first.id}`);
  await expect(record(page)).toContainText(first.chain!.hash);
  await expect(record(page).getByRole("button", { name: "Copy hash" })).toBeVisible();
  await expect(record(page).getByRole("button", { name: "Copy previous hash" })).toBeVisible();
  await record(page).getByRole("button", { name: "Verify" }).focus();
  await page.keyboard.press("Enter");
  await expect(outcome(page)).toContainText("This entry’s hash is what is recorded.");
  await expect(outcome(page)).toContainText(
    `2 links lead from it to the head of ${sealed.name}’s chain, sequence 3, which checkpoint`,
  );
  await expect(outcome(page)).toContainText(`Its signature is by key ${sealed.keyId}`);
  await expectAccessible(page, "a verified entry");
  await visit(page, `/audit/${third.id}`);
  await verify(page);
  await expect(outcome(page)).toContainText(`It is the head of ${sealed.name}’s chain, sequence 3`);
});

test("an entry that no checkpoint vouches for yet is said to be sealed, and no more", async ({
  page,
  sealed,
}) => {
  await visit(page, `/audit/${sealed.entries[3]!.id}`);
  await verify(page);
  await expect(outcome(page)).toHaveText(
    "This entry’s hash is what is recorded.It is sealed, and no checkpoint vouches for it yet; one is made every minute.",
  );
});

test.describe("a proof that was tampered with is reported:", () => {
  for (const [name, change, expected] of [
    [
      "the entry’s reason",
      ({ entries }) => (entries[0]!.meta.reason = "another"),
      ["about another entry", "Its hash is not what is recorded: it was changed after it was sealed."],
    ],
    [
      "a later entry’s reason",
      ({ entries }) => (entries[1]!.meta.reason = "another"),
      [/position \d+, sequence 2: its hash is not what is recorded/],
    ],
    [
      "a later entry left out",
      ({ entries }) => void entries.splice(1, 1),
      [/sequence 3: an entry before it is missing/],
    ],
    ["the last entry left out", ({ entries }) => void entries.pop(), ["don’t lead to the head"]],
    [
      "a head of another time",
      ({ proof, entries }) => {
        entries.pop();
        Object.assign(proof!.heads[0]!, { ...entries.at(-1)!.chain, previous_hash: undefined });
      },
      ["does not vouch for this chain"],
    ],
    [
      "the checkpoint",
      ({ proof }) => (proof!.checkpoint = proof!.checkpoint.replace("time 2026", "time 2025")),
      ["signature is not good"],
    ],
  ] as [string, (answer: AuditEntryProof) => void, (string | RegExp)[]][]) {
    test(name, async ({ page, sealed }) => {
      await changeProof(page, change);
      await visit(page, `/audit/${sealed.entries[0]!.id}`);
      await verify(page);
      await expect(outcome(page)).toContainText("This entry could not be verified.");
      for (const text of expected) await expect(outcome(page)).toContainText(text);
      await expectAccessible(page, "an entry that could not be verified");
    });
  }
});

test("a browser that doesn’t know Ed25519 says that it did not check the signature", async ({
  page,
  sealed,
}) => {
  // What such a browser does, as the specification has it.
  await page.addInitScript(() => {
    crypto.subtle.importKey = () =>
      Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError"));
  });
  await visit(page, `/audit/${sealed.entries[2]!.id}`);
  await verify(page);
  await expect(outcome(page)).toContainText("which checkpoint");
  await expect(outcome(page)).toContainText(
    "doesn’t know Ed25519: the checkpoint’s signature could not be checked here",
  );
});

test("an answer that doesn’t come is said to have verified nothing", async ({ page, sealed, faults }) => {
  faults.expect(/\/proof: Failed to load resource/);
  await page.route(/\/proof$/, (route) => route.abort("timedout"));
  await visit(page, `/audit/${sealed.entries[0]!.id}`);
  await verify(page);
  await expect(outcome(page)).toContainText("Nothing was verified");
});

test.describe("the list", () => {
  const said = (page: Page) => page.getByRole("banner").or(page.getByRole("main")).getByRole("status");

  test("is verified entry by entry and link by link, as far as the page goes", async ({
    page,
    sealed,
    console,
  }) => {
    await sealed.write(50);
    const { rows } = await console.database.owner.query<{ slug: string }>(
      "SELECT slug FROM organizations WHERE id = $1",
      [sealed.fixture.orgId],
    );
    await visit(page, `/audit?org=${rows[0]!.slug}`);
    await page.getByRole("button", { name: "Verify this page" }).click();
    await expect(said(page)).toContainText([
      "50 of 50 entries have the hash that is recorded; 49 links between them hold; 1 has its neighbour on another page.",
    ]);
    await expectAccessible(page, "a verified list");
    await page.getByRole("link", { name: "Next" }).click();
    await expect(page.getByText("4 entries on this page")).toBeVisible();
    await expect(page.getByText("50 of 50 entries")).toHaveCount(0);
    await page.getByRole("button", { name: "Verify this page" }).click();
    await expect(said(page)).toContainText([
      "4 of 4 entries have the hash that is recorded; 4 links between them hold.",
    ]);
  });

  test("names the entry with which something is wrong", async ({ page, sealed, console }) => {
    const { rows } = await console.database.owner.query<{ slug: string }>(
      "SELECT slug FROM organizations WHERE id = $1",
      [sealed.fixture.orgId],
    );
    await page.route(/\/audit\?org=/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replaceAll("Reason 1 ", "Season 1 ") });
    });
    await visit(page, `/audit?org=${rows[0]!.slug}`);
    await page.getByRole("button", { name: "Verify this page" }).click();
    await expect(said(page)).toContainText([
      "3 of 4 entries have the hash that is recorded; 4 links between them hold.",
    ]);
    await page.getByRole("link", { name: /sequence 2: its hash is not what is recorded/ }).click();
    await expect(page).toHaveURL(`/audit/${sealed.entries[1]!.id}`);
  });
});
