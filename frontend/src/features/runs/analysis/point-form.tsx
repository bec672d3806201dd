"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { percent } from "../flow/flow-rules";
import { Passages } from "../passages";
import type { Point, Run } from "../types";

interface Props {
  run: Run;
  point: Point;
  mayEdit: boolean;
  onChange: (change: Partial<Point>) => void;
  onRemove: () => void;
}

/** One point: what it is called, what it weighs, how hard it is, and the words of the syllabus that it rests on. */
export function PointForm({ run, point, mayEdit, onChange, onRemove }: Props) {
  const t = useTranslations("run");
  const [isRemoving, setRemoving] = useState(false);
  return (
    <div className="grid grid-cols-1 gap-4">
      <Field label={t("pointTitle")}>
        {(control) => (
          <Input
            {...control}
            value={point.title}
            readOnly={!mayEdit}
            maxLength={200}
            onChange={(event) => onChange({ title: event.target.value })}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Share label={t("weight")} value={point.weight} mayEdit={mayEdit} onChange={(weight) => onChange({ weight })} />
        <Share
          label={t("difficulty")}
          value={point.difficulty}
          mayEdit={mayEdit}
          onChange={(difficulty) => onChange({ difficulty })}
        />
      </div>
      <div className="grid gap-2">
        <p className="text-sm font-medium">{t("passages")}</p>
        <Passages run={run} passages={point.passages} />
      </div>
      {mayEdit && (
        <Button size="sm" look="quiet" className="justify-self-start text-bad" onClick={() => setRemoving(true)}>
          <Trash2 aria-hidden />
          {t("removePoint")}
        </Button>
      )}
      <Confirm
        open={isRemoving}
        onOpenChange={setRemoving}
        title={t("removePointTitle", { title: point.title })}
        about={t("removePointAbout")}
        action={t("removePoint")}
        isDanger
        onConfirm={async () => onRemove()}
      />
    </div>
  );
}

interface ShareProps {
  label: string;
  value: number;
  mayEdit: boolean;
  onChange: (share: number) => void;
}

/** Typed in per cent; taken when it is left or Enter is pressed, so that a half-typed figure moves nothing. */
function Share({ label, value, mayEdit, onChange }: ShareProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = String(Math.round(value * 1000) / 10);
  const take = () => {
    const share = Number(typed) / 100;
    if (typed !== null && typed.trim() !== "" && share >= 0 && share <= 1 && typed !== shown) onChange(share);
    setTyped(null);
  };
  return (
    <Field label={label} hint={mayEdit ? undefined : percent(value)}>
      {(control) => (
        <span className="relative block">
          <Input
            {...control}
            value={typed ?? shown}
            readOnly={!mayEdit}
            inputMode="decimal"
            className="pr-8 tabular-nums"
            onChange={(event) => setTyped(event.target.value)}
            onBlur={take}
            onKeyDown={(event) => event.key === "Enter" && take()}
          />
          <span aria-hidden className="absolute top-1/2 right-3 -translate-y-1/2 text-sm text-ink-faint">
            %
          </span>
        </span>
      )}
    </Field>
  );
}
