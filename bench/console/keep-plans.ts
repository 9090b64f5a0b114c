import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { createClient } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";
import { explainTo } from "./explain";
import type { Question } from "./questions";

const FOLDER = path.resolve("bench/plans/console");

export type Explained = { name: string; question: Question; reach: Reach };

/** Writes the plans of each kind of question to its own file, as the application's role gets them. */
export async function keepPlans(databaseUrl: string, kinds: Explained[]): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const client = createClient({ url: databaseUrl, poolSize: 1 });
  try {
    for (const { name, question, reach } of kinds) {
      const plans: string[] = [];
      await question.ask(explainTo(plans, pool, client), reach);
      const title = `GET ${decodeURIComponent(question.path.replaceAll("+", " "))}`;
      await writeFile(path.join(FOLDER, `${name}.txt`), mask(`${title}\n\n${plans.join("\n\n")}\n`));
    }
  } finally {
    await Promise.all([pool.end(), client.$disconnect()]);
  }
}

/** Ids and times vary. */
const mask = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>")
    .replace(/(<id>,)+<id>/g, "<ids>")
    .replace(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d(:?\d\d)?)?/g, "<time>");
