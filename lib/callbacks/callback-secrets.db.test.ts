import { expect, test, vi } from "vitest";
import type { Caller } from "@/lib/states/caller";
import { useDatabase } from "@/test/database";
import { seedFixture, TEST_CONTEXT as context } from "@/test/fixture";
import { createCallbackSecret } from "./create-callback-secret";
import { disableCallbackSecret } from "./disable-callback-secret";
import { findCallbackSecrets } from "./find-callback-secrets";
import { promoteCallbackSecret } from "./promote-callback-secret";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({
    ENCRYPTION_KEYS: [Buffer.alloc(32, 7).toString("base64")],
    CURSOR_SECRET: "the secret of this test, long enough",
  }),
}));

const database = useDatabase();

/** The verbs of one organization, with the web server's role. */
async function makeOrganization() {
  const { db, owner } = database();
  const fixture = await seedFixture(owner);
  const caller: Caller = { ...fixture.support, reach: { all: false, orgIds: [fixture.orgId] } };
  const act = (verb: typeof promoteCallbackSecret) => (secretId: string) =>
    verb(db, { caller, context, secretId });
  return {
    create: () => createCallbackSecret(db, { caller, context }),
    promote: act(promoteCallbackSecret),
    disable: act(disableCallbackSecret),
    list: async () => (await findCallbackSecrets(db, caller.reach, { limit: 10 })).items,
    readActions: async () => {
      const { rows } = await owner.query<{ action: string }>(
        "SELECT action FROM audit_entries WHERE org_id = $1 ORDER BY occurred_at, id",
        [fixture.orgId],
      );
      return rows.map(({ action }) => action);
    },
  };
}

test("callback secrets: the first signs, later ones wait until promoted", async () => {
  const { create, promote, disable, list, readActions } = await makeOrganization();
  const first = await create();
  const second = await create();
  expect(first).toMatchObject({ is_current: true, promoted_at: expect.any(String), disabled_at: null });
  expect(second).toMatchObject({ is_current: false, promoted_at: null, hint: second.secret.slice(-4) });
  await expect(disable(first.id)).rejects.toMatchObject({ code: "CONFLICT" });

  expect(await promote(second.id)).toMatchObject({ is_current: true, promoted_at: expect.any(String) });
  expect(await disable(first.id)).toMatchObject({ is_current: false, disabled_at: expect.any(String) });
  await expect(promote(first.id)).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await list()).map(({ id, is_current }) => [id, is_current])).toEqual([
    [second.id, true],
    [first.id, false],
  ]);
  expect(await readActions()).toEqual([
    "callback_secret.created",
    "callback_secret.created",
    "callback_secret.promoted",
    "callback_secret.disabled",
  ]);
});

test("promote and create callback secrets at once: exactly one is current", async () => {
  const { create, promote, list } = await makeOrganization();
  const made = await Promise.all([create(), create(), create()]);
  expect(made.filter(({ is_current }) => is_current)).toHaveLength(1);
  await Promise.all(made.map(({ id }) => promote(id)));
  expect((await list()).filter(({ is_current }) => is_current)).toHaveLength(1);
});
