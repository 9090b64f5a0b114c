import { fileURLToPath } from "node:url";

const projectFolder = fileURLToPath(new URL(".", import.meta.url));

/** @type {import("next").NextConfig} */
export default {
  // Two servers of one checkout, such as a developer's and a test's, need separate folders.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  turbopack: { root: projectFolder },
  poweredByHeader: false,
  // Nothing resizes images, so /_next/image answers 404 and the image holds no image library.
  images: { unoptimized: true },
  reactStrictMode: true,
  // Not bundled: native code, and packages that read their own files at run time.
  serverExternalPackages: [
    "@node-rs/argon2",
    "pino",
    "pg",
    "peggy",
    "graphile-worker",
    "@prisma/adapter-pg",
    "prom-client",
  ],
  // A folder of routes can't have a name that ends in `.md`.
  rewrites: () =>
    Promise.resolve([{ source: "/reference/:id([A-Za-z]+).md", destination: "/reference/:id/markdown" }]),
  // Without it, a page that renders again while offline is replaced by the browser's error page.
  // A prefetched run page must not show minutes-old state; 30 s is Next's minimum.
  experimental: { useOffline: true, staleTimes: { static: 30 } },
  // `npm run test:types` checks types; the build doesn't repeat it.
  typescript: { ignoreBuildErrors: true },
};
