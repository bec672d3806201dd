import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      "@": `${import.meta.dirname}/src`,
      "@messages": `${import.meta.dirname}/messages`,
      // Its build for Node.js takes streams and no files: what is tested is what the browser gets.
      "tus-js-client": `${import.meta.dirname}/node_modules/tus-js-client/lib.esm/browser/index.js`,
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "finish/**/*.test.ts"],
    restoreMocks: true,
    server: { deps: { inline: ["next-intl"] } },
  },
});
