import react from "@vitejs/plugin-react";
import { configDefaults, defineConfig } from "vitest/config";

// Rules need no browser: making one costs a file half a second. What is named here asks for one although it renders nothing.
const RULES = ["src/**/*.test.ts", "finish/**/*.test.ts"];
const RULES_OF_BROWSERS = [
  "src/lib/{ahead,api,query,store,upload,vitals}.test.ts",
  "src/features/attempt/clock/clock-keeper.test.ts",
];

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
    maxWorkers: "100%", // by itself it leaves one of two processors idle
    // Files share a process with the libraries in it, which half of a run went into loading; our own modules are every file's own.
    pool: "threads",
    isolate: false,
    restoreMocks: true,
    server: { deps: { inline: ["next-intl"] } },
    projects: [
      {
        extends: true,
        test: {
          name: "rules",
          environment: "node",
          setupFiles: ["./src/test/leave-nothing.ts"],
          include: RULES,
          exclude: [...configDefaults.exclude, ...RULES_OF_BROWSERS],
        },
      },
      {
        extends: true,
        test: {
          name: "pages",
          environment: "jsdom",
          setupFiles: ["./src/test/leave-nothing.ts", "./src/test/setup.ts"],
          include: ["src/**/*.test.tsx", ...RULES_OF_BROWSERS],
        },
      },
    ],
  },
});
