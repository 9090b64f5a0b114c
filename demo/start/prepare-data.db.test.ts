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
  [true, /^The database .+ holds data that is not this demo's; give the demo an empty one\.$/],
  [
    false,
    /^The secrets with which the data in \.data was made are lost; start with `-- --fresh` to start over/,
  ],
])("data of somebody else is left alone, and told in one sentence (given: %s)", async (isGiven, sentence) => {
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
