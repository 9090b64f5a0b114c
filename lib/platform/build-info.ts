import manifest from "@/package.json" with { type: "json" };

/** The build that this process runs. `revision` is the commit; empty unless the package's build set it. */
export const buildInfo = (): { version: string; revision: string } => ({
  version: manifest.version,
  revision: process.env["REVISION"] ?? "",
});
