import type { Tone } from "@/components/ui/badge";
import type { RunState, StageState } from "./types";

export const toneOfRun: Record<RunState, Tone> = {
  running: "accent",
  review: "warn",
  failed: "bad",
  published: "good",
  stopped: "plain",
};

export const toneOfStage: Record<StageState, Tone> = {
  waiting: "plain",
  running: "accent",
  review: "warn",
  approved: "good",
  returned: "warn",
  failed: "bad",
};
