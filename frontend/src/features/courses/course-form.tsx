"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { z } from "@/lib/shapes";
import { Button } from "@/components/ui/button";
import { DialogButtons } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, NativeSelect, Textarea } from "@/components/ui/input";
import { ProblemNote } from "@/components/ui/states";
import { useRefusedFields } from "@/lib/refused-fields";

const shape = z.object({
  name: z.string().trim().min(1).max(120),
  description: z.string().max(4000),
  category: z.string().trim().max(40),
  level: z.string().trim().max(20),
  status: z.enum(["draft", "active", "completed", "archived"]),
});

export type CourseFields = z.infer<typeof shape>;

interface Props {
  course: CourseFields;
  onSave: (fields: CourseFields) => Promise<unknown>;
  onCancel: () => void;
}

export function CourseForm({ course, onSave, onCancel }: Props) {
  const t = useTranslations("courses");
  const common = useTranslations("common");
  const form = useForm({ resolver: zodResolver(shape), defaultValues: course });
  const { errors } = form.formState;
  const saving = useMutation({ mutationFn: onSave });
  const refused = useRefusedFields(saving.error);
  return (
    <form
      onSubmit={(event) => void form.handleSubmit((fields) => saving.mutate(fields))(event)}
      noValidate
      className="grid gap-4"
    >
      <Field label={t("name")} error={errors.name ? common("required") : refused("name")}>
        {(control) => <Input {...control} {...form.register("name")} maxLength={120} autoFocus />}
      </Field>
      <Field label={t("description")} error={refused("description")}>
        {(control) => <Textarea {...control} {...form.register("description")} maxLength={4000} rows={3} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("category")} hint={t("categoryHint")} error={refused("category")}>
          {(control) => <Input {...control} {...form.register("category")} maxLength={40} />}
        </Field>
        <Field label={t("level")} hint={t("levelHint")} error={refused("level")}>
          {(control) => <Input {...control} {...form.register("level")} maxLength={20} />}
        </Field>
      </div>
      <Field label={t("status")} error={refused("status")}>
        {(control) => (
          <NativeSelect {...control} {...form.register("status")}>
            {shape.shape.status.options.map((status) => (
              <option key={status} value={status}>
                {t(`statuses.${status}`)}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <ProblemNote error={saving.error} />
      <DialogButtons>
        <Button onClick={onCancel}>{common("cancel")}</Button>
        <Button type="submit" look="primary" isBusy={saving.isPending}>
          {common("save")}
        </Button>
      </DialogButtons>
    </form>
  );
}
