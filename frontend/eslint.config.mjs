import { readdirSync } from "node:fs";
import { defineConfig, globalIgnores } from "eslint/config";
import next from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";

const features = readdirSync(new URL("./src/features", import.meta.url));

/** A feature owns its rooms: what two features need moves to components/ or lib/. */
const noNeighbours = features.map((name) => ({
  files: [`src/features/${name}/**`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            group: ["@/features/*", `!@/features/${name}`, "**/../features/*"],
            message: "A feature does not import another: move what both need to components/ or lib/.",
          },
          { group: ["@/app/*"], message: "URLs know features, never the other way round." },
        ],
      },
    ],
  },
}));

const noBarrels = {
  selector: "ExportAllDeclaration",
  message: "No barrel files: import from the file that has it.",
};

export default defineConfig([
  globalIgnores([".next/**", "next-env.d.ts", "src/client/schema.d.ts"]),
  next,
  typescript,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: false } }],
      "no-restricted-syntax": [
        "error",
        noBarrels,
        {
          selector: "ImportDeclaration[source.value='sonner'][importKind!='type']",
          message: "Every page would wait for it: toast is in lib/toast.ts.",
        },
        {
          selector: "ImportDeclaration[source.value='zod']",
          message: "The pages' policy: z is in lib/shapes.ts, which sets it up.",
        },
      ],
    },
  },
  {
    files: ["src/components/**", "src/lib/**", "src/i18n/**", "src/client/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@/features/*", "@/app/*"], message: "What is shared knows no feature." }] },
      ],
    },
  },
  {
    files: ["src/**"],
    ignores: ["src/lib/api.ts", "src/lib/ahead.ts", "**/*.test.ts", "**/*.test.tsx"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "Ask through lib/api.ts: it signs in and refuses well." },
      ],
    },
  },
  ...noNeighbours,
  {
    files: ["src/lib/toast.ts", "src/components/ui/toaster.tsx", "src/lib/shapes.ts"],
    rules: { "no-restricted-syntax": ["error", noBarrels] },
  },
]);
