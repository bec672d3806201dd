import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": `${import.meta.dirname}/src`, "@messages": `${import.meta.dirname}/messages` } },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "finish/**/*.test.ts"],
    restoreMocks: true,
    server: { deps: { inline: ["next-intl"] } },
  },
});
