"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm, type UseFormReturn, useWatch } from "react-hook-form";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { Dialog, DialogButtons } from "@/components/ui/dialog";
import { Check, Field } from "@/components/ui/field";
import { Input, NativeSelect } from "@/components/ui/input";
import { Loaded } from "@/components/ui/loaded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Note, ProblemNote } from "@/components/ui/states";
import { useRouter } from "@/i18n/navigation";
import { $api, api, take } from "@/lib/api";
import { useRefusedFields } from "@/lib/refused-fields";
import { asRun, sessionsOf, startShape, type StartFields } from "./start-shape";

interface Props {
  course_id: number;
  onClose: () => void;
}

type Syllabus = Schema<"SyllabusOut">;
type Refused = (name: string) => string | undefined;

export function StartRun({ course_id, onClose }: Props) {
  const t = useTranslations("runs");
  const params = { params: { path: { course_id } } };
  const syllabi = $api.useQuery("get", "/api/v1/courses/{course_id}/syllabi", params);
  return (
    <Dialog open onOpenChange={onClose} title={t("start")} about={t("startAbout")} className="sm:max-w-xl">
      <Loaded query={syllabi} skeleton={<SkeletonRows rows={4} />}>
        {(all) => {
          const ready = all.filter((syllabus) => syllabus.state === "ready");
          return ready.length > 0 ? (
            <StartForm course_id={course_id} syllabi={ready} onClose={onClose} />
          ) : (
            <Note tone="warn">{t("noSyllabus")}</Note>
          );
        }}
      </Loaded>
    </Dialog>
  );
}

function StartForm({ course_id, syllabi, onClose }: Props & { syllabi: readonly Syllabus[] }) {
  const t = useTranslations("runs");
  const common = useTranslations("common");
  const router = useRouter();
  const queries = useQueryClient();
  const form = useForm<StartFields>({
    resolver: zodResolver(startShape),
    defaultValues: {
      syllabus: String(syllabi[0]?.id ?? ""),
      hours: "32",
      session_hours: "2",
      starts_on: "",
      weekdays: [],
      engine: "builtin",
    },
  });
  const starting = useMutation({
    mutationFn: (fields: StartFields) => {
      const params = { path: { course_id } };
      return take(api.POST("/api/v1/courses/{course_id}/runs", { params, body: asRun(fields) }));
    },
    onSuccess: async (run) => {
      await queries.invalidateQueries({ queryKey: ["runs", course_id] });
      router.push(`/runs/${run.id}`);
    },
  });
  const refused = useRefusedFields(starting.error);
  return (
    <form
      onSubmit={(event) => void form.handleSubmit((fields) => starting.mutate(fields))(event)}
      noValidate
      className="grid grid-cols-1 gap-5"
    >
      <Field label={t("syllabus")} error={refused("syllabus")}>
        {(control) => (
          <NativeSelect {...control} {...form.register("syllabus")}>
            {syllabi.map(({ id, title, edition }) => (
              <option key={id} value={id}>
                {t("syllabusOption", { title, edition })}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <Amount form={form} refused={refused} />
      <When form={form} refused={refused} />
      <EngineChoice form={form} />
      {refused("engine") && <Note tone="bad">{refused("engine")}</Note>}
      <ProblemNote error={starting.error} />
      <DialogButtons>
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button type="submit" look="primary" isBusy={starting.isPending}>
          {t("begin")}
        </Button>
      </DialogButtons>
    </form>
  );
}

interface PartProps {
  form: UseFormReturn<StartFields>;
  refused: Refused;
}

function Amount({ form, refused }: PartProps) {
  const t = useTranslations("runs");
  const [hours, size] = useWatch({ control: form.control, name: ["hours", "session_hours"] });
  const sessions = sessionsOf(hours, size);
  return (
    <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
      <Field
        label={t("hours")}
        hint={sessions === null ? t("hoursHint") : t("sessions", { count: sessions })}
        error={form.formState.errors.hours ? t("notHours") : refused("hours")}
      >
        {(control) => <Input {...control} {...form.register("hours")} inputMode="numeric" className="tabular-nums" />}
      </Field>
      <fieldset className="grid content-start gap-1">
        <legend className="mb-0.5 text-sm font-medium">{t("sessionHours")}</legend>
        {(["2", "4"] as const).map((value) => (
          <Check
            key={value}
            type="radio"
            value={value}
            label={t("perSession", { count: Number(value) })}
            {...form.register("session_hours")}
          />
        ))}
      </fieldset>
    </div>
  );
}

const WEEKDAYS = ["0", "1", "2", "3", "4", "5", "6"] as const;

function When({ form, refused }: PartProps) {
  const t = useTranslations("runs");
  const wrong = form.formState.errors.starts_on;
  return (
    <div className="grid grid-cols-1 gap-4">
      <Field
        label={t("startsOn")}
        hint={t("startsOnHint")}
        error={wrong ? t("needsDate") : refused("starts_on")}
        className="sm:max-w-64"
      >
        {(control) => <Input {...control} {...form.register("starts_on")} type="date" />}
      </Field>
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">{t("weekdays")}</legend>
        <div className="flex flex-wrap gap-2">
          {WEEKDAYS.map((day) => (
            <label
              key={day}
              className="flex h-9 cursor-pointer items-center rounded-control border border-line-strong/60 px-3 text-sm select-none has-checked:border-accent has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:h-touch"
            >
              <input type="checkbox" value={day} className="sr-only" {...form.register("weekdays")} />
              {t(`days.${day}`)}
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

function EngineChoice({ form }: Pick<PartProps, "form">) {
  const t = useTranslations("runs");
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-0.5 text-sm font-medium">{t("engine")}</legend>
      {(["builtin", "model"] as const).map((engine) => (
        <Check
          key={engine}
          type="radio"
          value={engine}
          label={t(`engines.${engine}.name`)}
          hint={t(`engines.${engine}.about`)}
          {...form.register("engine")}
        />
      ))}
    </fieldset>
  );
}
