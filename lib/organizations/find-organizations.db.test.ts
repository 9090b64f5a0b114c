import { beforeAll, expect, test, vi } from "vitest";
import { OrganizationListQuery } from "@/lib/contract/organizations";
import { useDatabase } from "@/test/database";
import { findOrganizations } from "./find-organizations";
import { getOrganization } from "./get-organization";
import { nameOrganizations } from "./name-organizations";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({ CURSOR_SECRET: "the secret of this test, long enough" }),
}));

const database = useDatabase();
const ALL = { all: true } as const;
const NAMES = [
  "Zebra Films",
  "papaya Commerce",
  "Müller Werkstatt",
  "Old Papaya Grove",
  "Sweetpapaya",
  "Al%pha_",
];
const ids: Record<string, string> = {};

beforeAll(async () => {
  for (const [index, name] of NAMES.entries()) {
    const { rows } = await database().owner.query<{ id: string }>(
      "INSERT INTO organizations (name, slug, email) VALUES ($1, $2, $3) RETURNING id",
      [name, `slug-${index}`, `office@${index}.example`],
    );
    ids[name] = rows[0]!.id;
  }
});

const find = (query: object, reach: Parameters<typeof findOrganizations>[1] = ALL) =>
  findOrganizations(database().db, reach, OrganizationListQuery.parse(query));
const names = async (...given: Parameters<typeof find>) =>
  (await find(...given)).items.map(({ name }) => name);
const only = (...wanted: string[]) => ({ all: false, orgIds: wanted.map((name) => ids[name]!) }) as const;

test("find organizations: by name, ignoring case", async () => {
  const sorted = [
    "Al%pha_",
    "Müller Werkstatt",
    "Old Papaya Grove",
    "papaya Commerce",
    "Sweetpapaya",
    "Zebra Films",
  ];
  expect(await names({})).toEqual(sorted);
  expect(await names({ q: "  " })).toEqual(sorted);
});

test.each([
  ["papaya", ["Old Papaya Grove", "papaya Commerce", "Sweetpapaya"]],
  ["PAPAYA com", ["papaya Commerce"]],
  ["muller", ["Müller Werkstatt"]],
  ["slug-0", ["Zebra Films"]],
  ["office@2", ["Müller Werkstatt"]],
  ["%", ["Al%pha_"]],
  ["nobody", []],
])("find organizations: %s finds %j, words that start with it first", async (q, found) => {
  expect(await names({ q })).toEqual(found);
});

test("find organizations: by whole id, in any case", async () => {
  expect(await names({ q: ids["Zebra Films"]!.toUpperCase() })).toEqual(["Zebra Films"]);
  expect(await names({ q: ids["Zebra Films"] }, only("Sweetpapaya"))).toEqual([]);
});

test("find organizations: nothing out of reach", async () => {
  expect(await names({ q: "papaya" }, only("Sweetpapaya", "Zebra Films"))).toEqual(["Sweetpapaya"]);
  expect(await names({}, { all: false, orgIds: [] })).toEqual([]);
});

test("find organizations: pages forward and back, with and without a search", async () => {
  for (const q of [undefined, "papaya"]) {
    const whole = await names({ q });
    const seen: string[] = [];
    let page = await find({ q, limit: 2 });
    for (;;) {
      seen.push(...page.items.map(({ name }) => name));
      if (!page.next) break;
      page = await find({ q, limit: 2, pq: page.next });
    }
    expect(seen).toEqual(whole);
    const back = await find({ q, limit: 2, pq: page.previous! });
    expect(back.items.map(({ name }) => name)).toEqual(whole.slice(-2 - page.items.length).slice(0, 2));
  }
  const { next } = await find({ limit: 2 });
  await expect(find({ q: "papaya", pq: next })).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
});

test("get organization: in reach or not found", async () => {
  const id = ids["Zebra Films"]!;
  const found = { id, slug: "slug-0", name: "Zebra Films" };
  expect(await getOrganization(database().db, ALL, id.toUpperCase())).toMatchObject(found);
  expect(await getOrganization(database().db, only("Zebra Films"), id)).toMatchObject(found);
  for (const miss of ["nonsense", "00000000-0000-7000-8000-000000000000"])
    await expect(getOrganization(database().db, ALL, miss)).rejects.toMatchObject({
      code: "ORGANIZATION_NOT_FOUND",
    });
  await expect(getOrganization(database().db, only("Sweetpapaya"), id)).rejects.toMatchObject({
    code: "ORGANIZATION_NOT_FOUND",
  });
});

test("name organizations: by id or slug, only those in reach", async () => {
  const wanted = [ids["Zebra Films"]!, ids["Sweetpapaya"]!, ids["Zebra Films"]!];
  const name = async (
    ...given: Parameters<typeof nameOrganizations> extends [unknown, ...infer R] ? R : never
  ) => (await nameOrganizations(database().db, ...given)).map((org) => org.name);
  expect(await name(ALL, { ids: wanted })).toEqual(["Sweetpapaya", "Zebra Films"]);
  expect(await name(only("Zebra Films"), { ids: wanted })).toEqual(["Zebra Films"]);
  expect(await name(ALL, { slugs: ["slug-0", "unknown"] })).toEqual(["Zebra Films"]);
  expect(await name(only("Sweetpapaya"), { slugs: ["slug-0"] })).toEqual([]);
  expect(await name(ALL, { ids: [] })).toEqual([]);
});
