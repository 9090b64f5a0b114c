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

/** A separate organization with four sealed entries, and a checkpoint for the first three. */
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
const head = (page: Page) => page.locator("main header");
const outcome = (page: Page) => head(page).getByRole("status").filter({ hasText: /./ });
const verify = (page: Page) => head(page).getByRole("button", { name: "Verify" }).click();

/** Proofs as a malicious server or intermediary could alter them. */
async function changeProof(page: Page, change: (answer: AuditEntryProof) => void): Promise<void> {
  await page.route(/\/v1\/admin\/audit-log\/[^/]+\/proof$/, async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as AuditEntryProof;
    change(answer);
    await route.fulfill({ response, json: answer });
  });
}

test("entry: verified in the browser, which lists exactly what it checked", async ({ page, sealed }) => {
  const [first, , third] = sealed.entries as [AuditEntry, AuditEntry, AuditEntry];
  await visit(page, `/audit/${first.id}`);
  await expect(record(page)).toContainText(`Number 1 of ${sealed.name}’s entries`);
  await record(page).getByText("Hashes", { exact: true }).click();
  await expect(record(page)).toContainText(first.chain!.hash);
  await expect(record(page).getByRole("button", { name: "Copy hash" })).toBeVisible();
  await expect(record(page).getByRole("button", { name: "Copy previous hash" })).toBeVisible();
  await head(page).getByRole("button", { name: "Verify" }).focus();
  await page.keyboard.press("Enter");
  await expect(outcome(page)).toContainText(
    /Verified against checkpoint \d+ \(\d{4}-\d\d-\d\d \d\d:\d\d UTC\)\./,
  );
  await outcome(page).getByText("Checks performed").click();
  await expect(outcome(page)).toContainText("This entry matches its recorded hash.");
  await expect(outcome(page)).toContainText(
    `2 links lead from it to the newest entry of ${sealed.name}’s chain, number 3, which the checkpoint covers.`,
  );
  await expect(outcome(page)).toContainText(`Signed with key ${sealed.keyId}`);
  await expectAccessible(page, "a verified entry");
  await visit(page, `/audit/${third.id}`);
  await verify(page);
  await expect(outcome(page)).toContainText(`It is the newest entry of ${sealed.name}’s chain, number 3`);
});

test("entry without a checkpoint: reported as sealed only", async ({ page, sealed }) => {
  await visit(page, `/audit/${sealed.entries[3]!.id}`);
  await verify(page);
  await expect(outcome(page)).toContainText(
    "Sealed, but no checkpoint covers this entry yet. One is made every minute.",
  );
  await expect(outcome(page)).not.toContainText("Verified");
});

test.describe("proof that was tampered with: reported:", () => {
  for (const [name, change, expected] of [
    [
      "the entry’s reason",
      ({ entries }) => (entries[0]!.meta.reason = "another"),
      ["for a different entry", "It doesn’t match its recorded hash: it was changed after it was sealed."],
    ],
    [
      "a later entry’s reason",
      ({ entries }) => (entries[1]!.meta.reason = "another"),
      [/position \d+, number 2 of its chain: it doesn’t match its recorded hash/],
    ],
    [
      "a later entry left out",
      ({ entries }) => void entries.splice(1, 1),
      [/number 3 of its chain: an entry before it is missing/],
    ],
    ["the last entry left out", ({ entries }) => void entries.pop(), ["don’t lead to the newest entry"]],
    [
      "a head of another time",
      ({ proof, entries }) => {
        entries.pop();
        Object.assign(proof!.heads[0]!, { ...entries.at(-1)!.chain, previous_hash: undefined });
      },
      ["does not cover this chain"],
    ],
    [
      "the checkpoint",
      ({ proof }) => (proof!.checkpoint = proof!.checkpoint.replace("time 2026", "time 2025")),
      ["signature is not valid"],
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

test("browser without Ed25519: reports that the signature was not checked", async ({ page, sealed }) => {
  // How such a browser fails, according to the specification.
  await page.addInitScript(() => {
    crypto.subtle.importKey = () =>
      Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError"));
  });
  await visit(page, `/audit/${sealed.entries[2]!.id}`);
  await verify(page);
  await expect(outcome(page)).toContainText(/^Matches checkpoint \d+/);
  await expect(outcome(page)).toContainText(
    "doesn’t support Ed25519, so the checkpoint’s signature was not checked.",
  );
});

test("lost response: reports that nothing was verified", async ({ page, sealed, faults }) => {
  faults.expect(/\/proof: Failed to load resource/);
  await page.route(/\/proof$/, (route) => route.abort("timedout"));
  await visit(page, `/audit/${sealed.entries[0]!.id}`);
  await verify(page);
  await expect(outcome(page)).toContainText("Nothing was verified");
});

test.describe("the list", () => {
  const said = (page: Page) => page.getByRole("banner").or(page.getByRole("main")).getByRole("status");

  test("verifies each entry and link of the page", async ({ page, sealed, console }) => {
    await sealed.write(50);
    const { rows } = await console.database.owner.query<{ slug: string }>(
      "SELECT slug FROM organizations WHERE id = $1",
      [sealed.fixture.orgId],
    );
    await visit(page, `/audit?org=${rows[0]!.slug}`);
    await page.getByRole("button", { name: "Verify this page" }).click();
    await expect(said(page)).toContainText([/^Verified\. None of these 50 entries was changed\./]);
    await page.getByText("Checks performed").click();
    await expect(said(page)).toContainText([
      /50 of 50 entries match their recorded hash\.\s*49 links between neighbors hold\.\s*1 entry has its neighbor on another page/,
    ]);
    await expectAccessible(page, "a verified list");
    await page.getByRole("link", { name: "Next" }).click();
    await expect(page.getByText("4 entries on this page")).toBeVisible();
    await expect(page.getByText("Verified.")).toHaveCount(0);
    await page.getByRole("button", { name: "Verify this page" }).click();
    await expect(said(page)).toContainText([
      /^Verified\. None of these 4 entries was changed\.[^]*4 links between neighbors hold\./,
    ]);
  });

  test("names the faulty entry", async ({ page, sealed, console }) => {
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
      /^Verification failed for 1 of these 4 entries\.[^]*3 of 4 entries match their recorded hash\./,
    ]);
    await page
      .getByRole("link", { name: /number 2 of its chain: it doesn’t match its recorded hash/ })
      .click();
    await expect(page).toHaveURL(`/audit/${sealed.entries[1]!.id}`);
  });
});
