import createNextIntlPlugin from "next-intl/plugin";
import type { NextConfig } from "next";

// Rewrites are written into the build, so the front door starts from these two origins and whoever starts it may name others.
const apiOrigin = process.env.SIJI_API_ORIGIN ?? "http://127.0.0.1:65001";
const streamOrigin = process.env.SIJI_STREAM_ORIGIN ?? "http://127.0.0.1:65002";
const imageHost = process.env.SIJI_IMAGE_HOST;

const THIRTY_DAYS = 30 * 24 * 3600;

const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** The shell of a page is static and nobody's, but it names the chunks of its build: a cache may keep it, never serve it unasked. */
const alwaysAsked = [{ key: "Cache-Control", value: "public, max-age=0, must-revalidate" }];

/** Pages about one thing are static: the id stays in the address and is read by `usePathId`. */
const pagesWithId = {
  "/:locale(zh|en)/courses/:id": "/:locale/course",
  "/:locale(zh|en)/assignments/:id": "/:locale/assignment",
  "/:locale(zh|en)/papers/:id": "/:locale/paper",
  "/:locale(zh|en)/marking/:id": "/:locale/script",
  "/:locale(zh|en)/attempt/:id": "/:locale/attempt",
  "/:locale(zh|en)/report/:id": "/:locale/report",
  "/:locale(zh|en)/rooms/:id": "/:locale/room",
  "/:locale(zh|en)/syllabi/:id": "/:locale/syllabus",
  "/:locale(zh|en)/analysis/:id": "/:locale/analysis",
  "/:locale(zh|en)/calibration/:id": "/:locale/calibration",
  "/:locale(zh|en)/runs/:id": "/:locale/run",
};

const config: NextConfig = {
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  reactStrictMode: true,
  // `make check` asks (tsc, which sees the tests too); a school that builds what it was given need not wait for it.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  compress: true,
  images: {
    formats: ["image/avif", "image/webp"],
    minimumCacheTTL: THIRTY_DAYS,
    remotePatterns: imageHost ? [{ protocol: "https", hostname: imageHost }] : [],
  },
  experimental: {
    globalNotFound: true,
    optimizePackageImports: ["radix-ui", "lucide-react"],
    // The defaults cut quiet streams at 30 s and let larger bodies hang: files of 20 MB must pass.
    proxyTimeout: 120_000,
    proxyClientMaxBodySize: "32mb",
  },
  redirects: async () => [
    // Chosen in the account menu (src/lib/state/preferences.ts).
    { source: "/", has: [{ type: "cookie", key: "siji_language", value: "en" }], destination: "/en", permanent: false },
    { source: "/", destination: "/zh", permanent: false },
  ],
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    { source: "/:locale(zh|en)/:path*", headers: alwaysAsked },
  ],
  rewrites: async () => ({
    beforeFiles: [],
    afterFiles: [
      { source: "/api/v1/:path*/events", destination: `${streamOrigin}/api/v1/:path*/events` },
      { source: "/api/v1/:path*", destination: `${apiOrigin}/api/v1/:path*` },
      ...Object.entries(pagesWithId).map(([source, destination]) => ({ source, destination })),
    ],
    fallback: [],
  }),
};

export default createNextIntlPlugin({
  requestConfig: "./src/i18n/request.ts",
  experimental: {
    // Messages are parsed at build: the parser stays there.
    messages: { path: "./messages", locales: "infer", format: "json", precompile: true },
  },
})(config);
