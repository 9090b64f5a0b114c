import { expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { prepareData } from "./prepare-data";

const database = useDatabase();

const SECRETS = {
  installation: "a1",
  appPassword: "",
  nextAuthSecret: "",
  cursorSecret: "",
  providerSecret: "",
  encryptionKey: "",
  auditSigningKey: "",
};

test.each([
  [true, /^The database .+ contains other data\. Give the demo an empty database\.$/],
  [false, /^The secrets for the data in \.data are lost\. Start over with `-- --fresh`/],
])("foreign data: stays unchanged, with a one-sentence error (given: %s)", async (isGiven, sentence) => {
  const { owner, ownerUrl } = database();
  const said: string[] = [];
  const prepared = prepareData({
    ownerUrl,
    isGiven,
    secrets: SECRETS,
    accountsFolder: ".data",
    receiverOrigin: "http://127.0.0.1:1",
    isFresh: true,
    say: (line) => said.push(line),
  });
  await expect(prepared).rejects.toMatchObject({
    name: "SetupProblem",
    message: expect.stringMatching(sentence) as string,
  });
  expect(said).toEqual([]);
  expect((await owner.query("SELECT FROM pg_tables WHERE schemaname = 'public'")).rowCount).toBeGreaterThan(
    20,
  );
});
