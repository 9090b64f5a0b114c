import { beforeAll, expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { seedFixture } from "@/test/fixture";
import { findAlike } from "./find-alike";

const database = useDatabase();
const ids: Record<string, string> = {};

beforeAll(async () => {
  const { owner } = database();
  for (const name of ["Nordlicht Studios", "Tidewater Films", "Müller Werkstatt", "滥用防护公司"]) {
    const { orgId } = await seedFixture(owner);
    ids[name] = orgId;
    await owner.query("UPDATE organizations SET name = $2, slug = $3, email = $4 WHERE id = $1", [
      orgId,
      name,
      `customer-${Object.keys(ids).length}`,
      `office@${Object.keys(ids).length}.example`,
    ]);
  }
});

const names = async (text: string, reach: Parameters<typeof findAlike>[1] = { all: true }) =>
  (await findAlike(database().db, reach, text)).map(({ name }) => name);

test.each([
  ["nordlihct", "Nordlicht Studios"],
  ["Nordlict Studio", "Nordlicht Studios"],
  ["tidewter", "Tidewater Films"],
  ["tide water films", "Tidewater Films"],
  ["muler werkstat", "Müller Werkstatt"],
])("did you mean: %s suggests %s", async (typed, name) => {
  expect((await names(typed))[0]).toBe(name);
  expect(await names(typed, { all: false, orgIds: [ids[name]!] })).toEqual([name]);
});

test("did you mean: nothing out of reach, and nothing dissimilar", async () => {
  expect(await names("nordlihct", { all: false, orgIds: [ids["Tidewater Films"]!] })).toEqual([]);
  for (const text of ["order-17", "zzzzzz", "no", "x".repeat(200)]) expect(await names(text)).toEqual([]);
});
