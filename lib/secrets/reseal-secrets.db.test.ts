import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PrismaClient } from "@/generated/prisma/client";
import { openSecret, sealSecret } from "@/lib/callbacks/seal-secret";
import { totpPurpose } from "@/lib/identity/totp-purpose";
import { createClient } from "@/lib/platform/db/client";
import { openText } from "@/lib/platform/seal-text";
import { makePerson } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { seedFixture } from "@/test/fixture";
import { giveApp } from "@/test/second-factor";
import { TEST_ENCRYPTION_KEY } from "@/test/server";
import { resealSecrets } from "./reseal-secrets";

const database = useDatabase();
const NEW = randomBytes(32).toString("base64");
let db: PrismaClient;
beforeAll(() => void (db = createClient({ url: database().ownerUrl, poolSize: 2 })));
afterAll(() => db.$disconnect());

async function readSealed() {
  const callbacks = await db.callbackSecret.findMany();
  const apps = await db.secondFactor.findMany();
  return { callbacks, apps };
}

test("reseal: the newest key alone opens every secret afterwards; once more changes nothing", async () => {
  const { owner } = database();
  const { orgId } = await seedFixture(owner);
  const secretId = randomUUID();
  const before = sealSecret("rf_whs_of_the_customer", { orgId, secretId }, [TEST_ENCRYPTION_KEY]);
  await db.callbackSecret.create({ data: { id: secretId, orgId, ciphertext: before, hint: "mer." } });
  const person = await makePerson(owner);
  const app = await giveApp(owner, person);

  // Control: the new key alone opens nothing yet.
  expect(await resealSecrets(db, [NEW])).toEqual({ sealed: 0, changed: 0, lost: 2 });
  expect(() => openSecret(before, { orgId, secretId }, [NEW])).toThrow(/can't be opened/);

  expect(await resealSecrets(db, [NEW, TEST_ENCRYPTION_KEY])).toEqual({ sealed: 2, changed: 2, lost: 0 });
  const { callbacks, apps } = await readSealed();
  expect(openSecret(callbacks[0]!.ciphertext, { orgId, secretId }, [NEW])).toBe("rf_whs_of_the_customer");
  expect(openText(apps[0]!.secret!, totpPurpose(person.id), [NEW])).toBe(app.secret);
  expect(() => openSecret(callbacks[0]!.ciphertext, { orgId, secretId }, [TEST_ENCRYPTION_KEY])).toThrow(
    /can't be opened/,
  );

  expect(await resealSecrets(db, [NEW, TEST_ENCRYPTION_KEY])).toEqual({ sealed: 2, changed: 0, lost: 0 });
  expect(await readSealed()).toEqual({ callbacks, apps });
});
