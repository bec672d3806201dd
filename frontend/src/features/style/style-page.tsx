"use client";

import { ThemeChoice } from "@/components/shell/theme-choice";
import { useTheme } from "@/components/shell/use-theme";
import { Wordmark } from "@/components/shell/wordmark";
import { Controls } from "./controls";
import { Over } from "./over";
import { Showing } from "./showing";
import { Tokens } from "./tokens";

/** All tokens and parts in all their states, under the appearance chosen at the top. */
export function StylePage() {
  useTheme();
  return (
    <main className="mx-auto grid max-w-page grid-cols-1 gap-10 px-4 py-8">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1>
          <Wordmark />
        </h1>
        <ThemeChoice />
      </div>
      <Tokens />
      <Controls />
      <Showing />
      <Over />
    </main>
  );
}
