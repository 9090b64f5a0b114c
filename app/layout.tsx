import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/shell/providers";
import { NONCE_HEADER } from "@/lib/platform/server/page-headers";
import "./globals.css";

/** Preloaded, 29 kB. Until it loads, a fallback font with the same metrics prevents layout shift. */
const sans = localFont({
  src: "../node_modules/@fontsource-variable/geist/files/geist-latin-wght-normal.woff2",
  weight: "100 900",
  variable: "--font-sans",
});

export const metadata: Metadata = {
  title: { default: "Runflow console", template: "%s · Runflow console" },
  robots: { index: false, follow: false },
  // Browser translation replaces React's text nodes: the text goes stale, and the next change throws.
  other: { google: "notranslate" },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#14171c" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  return (
    // A script sets the theme attribute before React starts, so it may differ from the server's HTML.
    <html lang="en" translate="no" className={sans.variable} suppressHydrationWarning>
      <body>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  );
}
