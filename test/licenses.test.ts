import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Permissive: they ask for little more than to keep the notice. SPDX identifiers. */
const ALLOWED = new Set(
  "MIT MIT-0 ISC 0BSD BSD-2-Clause BSD-3-Clause Apache-2.0 BlueOak-1.0.0 Unlicense Python-2.0 Zlib".split(
    " ",
  ),
);

type Exception = { package: RegExp; license: string; because: string };

/** Other licenses, each for named packages only. */
const EXCEPTIONS: Exception[] = [
  { package: /^(@axe-core\/playwright|axe-core)$/, license: "MPL-2.0", because: "tests, used unchanged" },
  { package: /^lightningcss(-[\w-]+)?$/, license: "MPL-2.0", because: "the build, used unchanged" },
  { package: /^@fontsource-variable\/geist$/, license: "OFL-1.1", because: "a font" },
  { package: /^caniuse-lite$/, license: "CC-BY-4.0", because: "data for the build" },
  { package: /^railroad-diagrams$/, license: "CC0-1.0", because: "public domain, for a test's schema" },
  { package: /^elkjs$/, license: "EPL-2.0", because: "Prisma's studio, which we don't start" },
  {
    package: /^@img\/sharp-/,
    license: "LGPL-3.0-or-later",
    because: "libvips is optional, unchanged and replaceable; nothing here resizes images",
  },
  { package: /^type-fest$/, license: "CC0-1.0", because: "or MIT; types for a test's tool" },
  { package: /^seq-queue$/, license: "none", because: "its LICENSE file has the MIT License" },
  { package: /^(humanize-number|only)$/, license: "none", because: "MIT by their Readme; tests" },
];

type Manifest = { license?: string; licenses?: { type: string }[] };
type Package = { name: string; license: string };

/** Every locked package, by its own package.json or, if it is for another platform, by the lock file. */
function readPackages(): Package[] {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, Manifest>;
  };
  const { "": _ours, ...others } = lock.packages;
  return Object.entries(others).map(([folder, locked]) => {
    const file = path.join(folder, "package.json");
    const own = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : locked;
    const license = own.license ?? own.licenses?.map(({ type }) => type).join(" OR ") ?? "none";
    return { name: folder.replace(/^.*node_modules\//, ""), license };
  });
}

const isExcepted = (name: string, license: string): boolean =>
  EXCEPTIONS.some((each) => each.package.test(name) && each.license === license);

/** All of several licenses must be allowed, even where one would do. */
const refused = (packages: Package[]): string[] =>
  packages
    .filter(({ name, license }) => {
      const parts = license.replaceAll(/[()]/g, "").split(/ (?:AND|OR|and|or) /);
      return !parts.every((part) => ALLOWED.has(part) || isExcepted(name, part));
    })
    .map(({ name, license }) => `${name}: ${license}`);

test("dependencies: all have an allowed license", () => {
  const packages = readPackages();
  expect(packages.length).toBeGreaterThan(500);
  expect(refused(packages)).toEqual([]);
});

test("exceptions: each is needed", () => {
  const packages = readPackages();
  const idle = EXCEPTIONS.filter(
    (each) =>
      !packages.some(({ name, license }) => each.package.test(name) && license.includes(each.license)),
  );
  expect(idle).toEqual([]);
});

test("license check: refuses other licenses, also beside an allowed one", () => {
  const packages = ["GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT OR AGPL-3.0)", "none", "MPL-2.0"].map(
    (license) => ({ name: "new", license }),
  );
  expect(refused(packages)).toHaveLength(packages.length);
  expect(refused([{ name: "new", license: "(MIT AND Zlib)" }])).toEqual([]);
});
