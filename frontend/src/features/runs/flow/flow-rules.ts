import type { Run, Stage, StageName, StageState } from "../types";

/** "92%", of a share. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

export interface Totals {
  tokens: number;
  cost: number;
  milliseconds: number;
}

export function totalsOf(stage: Pick<Stage, "rounds">): Totals {
  return stage.rounds.reduce(
    (sum, round) => ({
      tokens: sum.tokens + round.tokens_in + round.tokens_out,
      cost: sum.cost + round.cost,
      milliseconds: sum.milliseconds + round.milliseconds,
    }),
    { tokens: 0, cost: 0, milliseconds: 0 },
  );
}

/** Of a goal that is a share, per cent; of a count, the count. */
export function measured(value: number, { goal, better }: { goal: number; better: "up" | "down" }): string {
  return better === "up" && goal <= 1 ? percent(value) : String(Math.round(value * 100) / 100);
}

export interface StageNode {
  id: string;
  kind: "stage";
  x: number;
  y: number;
  name: StageName;
  state: StageState;
  number: number;
}

export interface RoundNode {
  id: string;
  kind: "round";
  x: number;
  y: number;
  number: number;
  quality: number;
  isOk: boolean;
  isModel: boolean;
}

export interface EndNode {
  id: "end";
  kind: "end";
  x: number;
  y: number;
  isDone: boolean;
}

export type FlowNode = StageNode | RoundNode | EndNode;

export interface FlowEdge {
  id: string;
  source: string;
  target: string;
  from: "right" | "bottom";
  isDone: boolean;
  isMoving: boolean;
}

export interface Flow {
  nodes: FlowNode[];
  edges: FlowEdge[];
}

const STEP_X = 190;
const FIRST_ROUND_Y = 104;
const STEP_Y = 58;
/** More would make the picture unreadable; the monitor below has them all. */
const MOST_ROUNDS = 4;

/** The stages in a row, the newest rounds of each below it, and what is at the end of the way. */
export function flowOf(run: Pick<Run, "stages" | "state">): Flow {
  const nodes: FlowNode[] = [];
  const edges: FlowEdge[] = [];
  for (const [place, stage] of run.stages.entries()) {
    nodes.push({
      ...{ id: stage.name, kind: "stage", x: place * STEP_X, y: 0 },
      ...{ name: stage.name, state: stage.state, number: place + 1 },
    } as StageNode);
    const isDone = stage.state === "approved";
    const next = run.stages[place + 1];
    const target = next?.name ?? "end";
    edges.push({
      ...{ id: `${stage.name}-${target}`, source: stage.name, target, from: "right" },
      ...{ isDone, isMoving: next !== undefined && isWorking(next) },
    });
    addRounds(stage, place * STEP_X, nodes, edges);
  }
  const end = { x: run.stages.length * STEP_X, y: 0, isDone: run.state === "published" };
  nodes.push({ id: "end", kind: "end", ...end });
  return { nodes, edges };
}

function addRounds(stage: Stage, x: number, nodes: FlowNode[], edges: FlowEdge[]): void {
  let above: string = stage.name;
  for (const [place, round] of stage.rounds.slice(-MOST_ROUNDS).entries()) {
    const id = `${stage.name}-round-${round.number}`;
    nodes.push({
      ...{ id, kind: "round", x, y: FIRST_ROUND_Y + place * STEP_Y },
      ...{ number: round.number, quality: round.quality },
      ...{ isOk: round.measures.every(({ ok }) => ok), isModel: round.engine === "model" },
    } as RoundNode);
    edges.push({ id: `${above}-${id}`, source: above, target: id, from: "bottom", isDone: true, isMoving: false });
    above = id;
  }
}

function isWorking({ state }: Pick<Stage, "state">): boolean {
  return state === "running" || state === "returned";
}
