import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import { MigrationPg } from "./migration-adapter";

/**
 * Runs `work` with Prisma's schema engine as WebAssembly. The `prisma` command downloads its native engine
 * from outside npm; this one comes with the packages and writes the same history.
 * @param databaseUrl the database to migrate, as its owner
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const factory = new MigrationPg(databaseUrl);
  const glue = await (instance ??= instantiate());
  const adapter = bindMigrationAwareSqlAdapterFactory(factory);
  try {
    const engine = await glue.SchemaEngine.new({ datamodels: [await readSchema()] }, () => {}, adapter);
    return await work(engine);
  } finally {
    await factory.close();
  }
}

/** One per process, because the glue code keeps its instance in a global. */
let instance: ReturnType<typeof instantiate> | undefined;

async function instantiate() {
  const folder = path.dirname(
    createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg"),
  );
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const engine = await WebAssembly.compile(await readFile(path.join(folder, "schema_engine_bg.wasm")));
  const instance = await WebAssembly.instantiate(engine, {
    "./schema_engine_bg.js": withPassiveTimers(glue),
  });
  (glue as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void }).__wbg_set_wasm(
    instance.exports,
  );
  (instance.exports["__wbindgen_start"] as () => void)();
  return glue;
}

/** The engine never clears its ten-second lock timer, which would keep the process alive. */
function withPassiveTimers(glue: object): WebAssembly.ModuleImports {
  const setPassiveTimeout = (callback: () => void, delayMs: number) => setTimeout(callback, delayMs).unref();
  const imports = Object.entries(glue as WebAssembly.ModuleImports).map(([name, value]) =>
    name.startsWith("__wbg_setTimeout_") ? [name, setPassiveTimeout] : [name, value],
  );
  return Object.fromEntries(imports) as WebAssembly.ModuleImports;
}

export async function readSchema(): Promise<[path: string, content: string]> {
  return ["schema.prisma", await readFile(path.resolve("prisma/schema.prisma"), "utf8")];
}

/** Reads the migrations folder for the engine, which has no file system. */
export async function readMigrations(folder = path.resolve("prisma/migrations")): Promise<MigrationList> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const migrationDirectories = names
    .map(({ name }) => name)
    .sort()
    .map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok" as const,
          value: await readFile(path.join(folder, name, "migration.sql"), "utf8"),
        },
      },
    }));
  return {
    baseDir: folder,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(path.join(folder, "migration_lock.toml"), "utf8"),
    },
    migrationDirectories: await Promise.all(migrationDirectories),
    shadowDbInitScript: "",
  };
}

export const NO_FILTERS = { externalTables: [], externalEnums: [] };
