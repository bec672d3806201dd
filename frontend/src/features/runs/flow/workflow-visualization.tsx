"use client";

import "@xyflow/react/dist/base.css";
import { Background, type Edge, Handle, type Node, type NodeProps, Position, ReactFlow } from "@xyflow/react";
import { Flag } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Status } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import { toneOfStage } from "../tones";
import type { Run, StageName } from "../types";
import { type EndNode, flowOf, percent, type RoundNode, type StageNode } from "./flow-rules";

interface Props {
  run: Run;
  chosen: StageName | null;
  onChoose: (name: StageName) => void;
}

type StageBox = Node<StageNode & Record<string, unknown>, "stage">;
type RoundBox = Node<RoundNode & Record<string, unknown>, "round">;
type EndBox = Node<EndNode & Record<string, unknown>, "end">;

/** The way of a run as a picture: stages, their rounds, and where it goes. All of it is in the list beside it too. */
export function WorkflowVisualization({ run, chosen, onChoose }: Props) {
  const t = useTranslations("run");
  const stages = run.stages.map(({ name }): string => name);
  const { nodes, edges } = useMemo(() => drawn(run, chosen), [run, chosen]);
  return (
    <div className="h-48 sm:h-88" role="img" aria-label={t("graphLabel")}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={kinds}
        fitView
        fitViewOptions={{ padding: 0.12, maxZoom: 1.1 }}
        minZoom={0.3}
        maxZoom={1.6}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        disableKeyboardA11y
        onNodeClick={(_, node) => stages.includes(node.id) && onChoose(node.id as StageName)}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={22} size={1} color="var(--line)" />
      </ReactFlow>
    </div>
  );
}

function drawn(run: Run, chosen: StageName | null): { nodes: Node[]; edges: Edge[] } {
  const flow = flowOf(run);
  return {
    nodes: flow.nodes.map((node) => ({
      id: node.id,
      type: node.kind,
      position: { x: node.x, y: node.y },
      data: { ...node, isChosen: node.id === chosen },
    })),
    edges: flow.edges.map(({ id, source, target, from, isDone, isMoving }) => ({
      ...{
        id,
        source,
        target,
        sourceHandle: from,
        animated: isMoving,
        type: from === "bottom" ? "straight" : "default",
      },
      style: { stroke: isDone ? "var(--accent)" : "var(--line-strong)", strokeWidth: isDone ? 2 : 1.25 },
    })),
  };
}

const kinds = { stage: StageBoxView, round: RoundBoxView, end: EndBoxView };
const hidden = "!size-1 !min-h-0 !min-w-0 !border-0 !bg-transparent";

function StageBoxView({ data }: NodeProps<StageBox>) {
  const t = useTranslations("run");
  const runs = useTranslations("runs");
  return (
    <div
      className={cn(
        "grid w-38 cursor-pointer gap-1 rounded-card border bg-raised px-3.5 py-2.5 shadow-sheet",
        data.isChosen ? "border-accent ring-1 ring-accent" : "border-line-strong/50",
        data.state === "waiting" && "border-dashed",
      )}
    >
      <Handle type="target" position={Position.Left} className={hidden} />
      <span className="font-title text-base font-semibold">{runs(`stages.${data.name}`)}</span>
      <Status tone={toneOfStage[data.state]}>{t(`states.${data.state}`)}</Status>
      <Handle id="right" type="source" position={Position.Right} className={hidden} />
      <Handle id="bottom" type="source" position={Position.Bottom} className={hidden} />
    </div>
  );
}

function RoundBoxView({ data }: NodeProps<RoundBox>) {
  const t = useTranslations("run");
  return (
    <div className="grid w-38 gap-1.5 rounded-control border border-line bg-surface px-3 py-2 text-xs">
      <Handle type="target" position={Position.Top} className={hidden} />
      <span className="flex justify-between gap-2">
        <span className="text-ink-soft">{t("round", { number: data.number })}</span>
        <span className={cn("font-medium tabular-nums", data.isOk ? "text-good" : "text-warn")}>
          {percent(data.quality)}
        </span>
      </span>
      <span className="h-1 overflow-hidden rounded-full bg-line">
        <span
          className={cn("block h-full", data.isOk ? "bg-good" : "bg-warn")}
          style={{ width: percent(data.quality) }}
        />
      </span>
      <Handle id="bottom" type="source" position={Position.Bottom} className={hidden} />
    </div>
  );
}

function EndBoxView({ data }: NodeProps<EndBox>) {
  const t = useTranslations("run");
  return (
    <div
      className={cn(
        "flex h-16 w-32 items-center justify-center gap-2 rounded-card border text-sm font-medium",
        data.isDone ? "border-good bg-good-soft text-good" : "border-dashed border-line-strong text-ink-faint",
      )}
    >
      <Handle type="target" position={Position.Left} className={hidden} />
      <Flag className="size-4" aria-hidden />
      {data.isDone ? t("published") : t("publish")}
    </div>
  );
}
