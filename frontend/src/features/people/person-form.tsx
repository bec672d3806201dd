"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { z } from "@/lib/shapes";
import { Button } from "@/components/ui/button";
import { DialogButtons } from "@/components/ui/dialog";
import { Check, Field } from "@/components/ui/field";
import { Input, NativeSelect } from "@/components/ui/input";
import { ProblemNote } from "@/components/ui/states";
import { useRefusedFields } from "@/lib/refused-fields";

/** A username as the server takes it: letters of any script, digits and @ . + - _ */
export const personShape = z.object({
  username: z
    .string()
    .trim()
    .min(1, "required")
    .max(150)
    .regex(/^[\p{L}\p{N}_.@+-]+$/u, "usernameBad"),
  name: z.string().trim().min(1, "required").max(100),
  email: z.string().trim(),
  role: z.enum(["student", "teacher", "admin"]),
  student_number: z.string().trim().max(40),
  administrative_class: z.string().trim().max(80),
  is_minor: z.boolean(),
});

export type PersonFields = z.infer<typeof personShape>;

interface Props {
  person: PersonFields;
  /** A username stays what it is once given. */
  isNew: boolean;
  onSave: (fields: PersonFields) => Promise<unknown>;
  onCancel: () => void;
}

export function PersonForm({ person, isNew, onSave, onCancel }: Props) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const shell = useTranslations("shell");
  const saving = useMutation({ mutationFn: onSave });
  const refused = useRefusedFields(saving.error);
  const { register, handleSubmit, formState } = useForm({ resolver: zodResolver(personShape), defaultValues: person });
  const { errors } = formState;
  return (
    <form
      onSubmit={(event) => void handleSubmit((fields) => saving.mutate(fields))(event)}
      noValidate
      className="grid gap-4 sm:grid-cols-2"
    >
      <Field
        label={t("username")}
        hint={isNew ? t("usernameHint") : undefined}
        error={
          errors.username
            ? errors.username.message === "usernameBad"
              ? t("usernameBad")
              : common("required")
            : refused("username")
        }
      >
        {(control) => (
          <Input {...control} {...register("username")} readOnly={!isNew} autoCapitalize="none" autoComplete="off" />
        )}
      </Field>
      <Field label={t("name")} error={errors.name ? common("required") : refused("name")}>
        {(control) => <Input {...control} {...register("name")} maxLength={100} autoComplete="off" />}
      </Field>
      <Field label={t("role")} error={refused("role")}>
        {(control) => (
          <NativeSelect {...control} {...register("role")}>
            {personShape.shape.role.options.map((role) => (
              <option key={role} value={role}>
                {shell(`roles.${role}`)}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <Field label={t("email")} error={refused("email")}>
        {(control) => <Input {...control} type="email" {...register("email")} autoComplete="off" />}
      </Field>
      <Field label={t("studentNumber")} error={refused("student_number")}>
        {(control) => <Input {...control} {...register("student_number")} maxLength={40} />}
      </Field>
      <Field label={t("administrativeClass")} error={refused("administrative_class")}>
        {(control) => <Input {...control} {...register("administrative_class")} maxLength={80} />}
      </Field>
      <div className="grid gap-4 sm:col-span-2">
        <Check label={t("isMinor")} hint={t("isMinorHint")} {...register("is_minor")} />
        <ProblemNote error={saving.error} />
        <DialogButtons>
          <Button onClick={onCancel}>{common("cancel")}</Button>
          <Button type="submit" look="primary" isBusy={saving.isPending}>
            {isNew ? t("create") : common("save")}
          </Button>
        </DialogButtons>
      </div>
    </form>
  );
}
