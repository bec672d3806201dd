"use client";

import type { ReactNode } from "react";
import { Loaded } from "@/components/ui/loaded";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Bodies, Drafted, Run, StageName } from "./types";
import { useStageBody } from "./use-draft";

interface Props<Name extends StageName> {
  run: Run;
  name: Name;
  children: (came: Drafted<Bodies[Name]>) => ReactNode;
}

/** Reads what a stage made, and reads again when the run names a newer draft. */
export function Staged<Name extends StageName>({ run, name, children }: Props<Name>) {
  const draft = run.stages.find((stage) => stage.name === name)?.draft?.id ?? null;
  const query = useStageBody(run.id, name, draft);
  return (
    <Loaded query={query} skeleton={<SkeletonRows rows={6} />}>
      {(came) => children(came as Drafted<Bodies[Name]>)}
    </Loaded>
  );
}
