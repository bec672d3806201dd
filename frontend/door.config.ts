import type { NextConfig } from "next";

/**
 * The front door: Next.js hands /api to the API and event streams to the stream process.
 *
 * Rewrites are baked at build, before anybody knows the ports. The build holds these two names; `siji up` writes the real
 * origins into its copy of the build (backend/siji/embedded/door.py). Behind nginx the door never sees /api.
 */
const API = "http://127.0.0.1:65001";
const STREAM = "http://127.0.0.1:65002";

export const door = {
  output: "standalone",
  experimental: {
    // The defaults cut a quiet stream at 30 s and hang on a body above 10 MB (recordings, syllabuses).
    proxyTimeout: 120_000,
    proxyClientMaxBodySize: "32mb",
  },
  async rewrites() {
    return {
      beforeFiles: [
        { source: "/api/v1/:path*/events", destination: `${STREAM}/api/v1/:path*/events` },
        { source: "/api/:path*", destination: `${API}/api/:path*` },
      ],
      afterFiles: [],
      fallback: [],
    };
  },
} satisfies NextConfig;
