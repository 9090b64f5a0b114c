import { fileURLToPath } from "node:url";

const projectFolder = fileURLToPath(new URL(".", import.meta.url));

/** @type {import("next").NextConfig} */
export default {
  // Two servers of one checkout (a developer's and a test's, say) need two folders.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  turbopack: { root: projectFolder },
  poweredByHeader: false,
  reactStrictMode: true,
  // Native code and packages that read their own files at run time stay outside the bundle.
  serverExternalPackages: ["@node-rs/argon2", "pino", "pg", "peggy", "graphile-worker", "@prisma/adapter-pg"],
  // Without it, a page that is rendered anew while the network is gone gives way to the browser's own error page.
  // A run page prefetched by hover must not show minutes-old state: 30 s is the least that Next allows.
  experimental: { useOffline: true, staleTimes: { static: 30 } },
  // Types are a check of their own (`npm run test:types`); a build does not repeat it.
  typescript: { ignoreBuildErrors: true },
};
