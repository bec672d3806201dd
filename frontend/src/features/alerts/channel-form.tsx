"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm, useWatch } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { DialogButtons } from "@/components/ui/dialog";
import { Check, Field } from "@/components/ui/field";
import { Input, NativeSelect } from "@/components/ui/input";
import { ProblemNote } from "@/components/ui/states";
import {
  asSent,
  asTyped,
  channelShape,
  kinds,
  levels,
  settingsOf,
  type Channel,
} from "@/features/alerts/channel-shape";
import { useReread } from "@/features/alerts/use-reread";
import { api } from "@/lib/api";
import { useRefusedFields } from "@/lib/refused-fields";

export function ChannelForm({ channel, onDone }: { channel: Channel | null; onDone: () => void }) {
  const t = useTranslations("alerts");
  const common = useTranslations("common");
  const reread = useReread("/api/v1/channels");
  const form = useForm({ resolver: zodResolver(channelShape), defaultValues: asTyped(channel) });
  const { register, handleSubmit, formState, control: watched } = form;
  const saving = useMutation({
    mutationFn: async (fields: Parameters<typeof asSent>[0]) => {
      const body = asSent(fields);
      if (channel === null) return api.POST("/api/v1/channels", { body });
      return api.PUT("/api/v1/channels/{channel_id}", { params: { path: { channel_id: channel.id } }, body });
    },
    onSuccess: async () => {
      await reread();
      onDone();
    },
  });
  const refused = useRefusedFields(saving.error);
  const kind = useWatch({ control: watched, name: "kind" });
  return (
    <form
      onSubmit={(event) => void handleSubmit((fields) => saving.mutate(fields))(event)}
      noValidate
      className="grid gap-4 sm:grid-cols-2"
    >
      <Field label={t("name")} error={formState.errors.name ? common("required") : refused("name")}>
        {(control) => <Input {...control} {...register("name")} maxLength={80} autoComplete="off" />}
      </Field>
      <Field label={t("kind")} hint={t(`kindHints.${kind}`)} error={refused("kind")}>
        {(control) => (
          <NativeSelect {...control} {...register("kind")}>
            {kinds.map((value) => (
              <option key={value} value={value}>
                {t(`kinds.${value}`)}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      {settingsOf[kind].map(({ name, isNeeded, isSecret }) => (
        <Field
          key={`${kind}.${name}`}
          label={isNeeded ? t(`settings.${name}`) : t("optional", { label: t(`settings.${name}`) })}
          hint={isSecret && channel?.kind === kind && channel.has.includes(name) ? t("kept") : undefined}
          error={refused(`settings.${name}`)}
        >
          {(control) =>
            name === "security" ? (
              <NativeSelect {...control} {...register("settings.security")}>
                {(["starttls", "ssl", "none"] as const).map((value) => (
                  <option key={value} value={value}>
                    {t(`securities.${value}`)}
                  </option>
                ))}
              </NativeSelect>
            ) : (
              <Input
                {...control}
                {...register(`settings.${name}`)}
                type={isSecret ? "password" : "text"}
                maxLength={500}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
              />
            )
          }
        </Field>
      ))}
      <Field label={t("leastLevel")} error={refused("least_level")}>
        {(control) => (
          <NativeSelect {...control} {...register("least_level")}>
            {levels.map((level) => (
              <option key={level} value={level}>
                {t(`levels.${level}`)}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <Field label={t("language")} error={refused("language")}>
        {(control) => (
          <NativeSelect {...control} {...register("language")}>
            <option value="zh">{t("languages.zh")}</option>
            <option value="en">{t("languages.en")}</option>
          </NativeSelect>
        )}
      </Field>
      <Check
        label={t("onlyEscalated")}
        hint={t("onlyEscalatedHint")}
        {...register("only_escalated")}
        className="sm:col-span-2"
      />
      <Check label={t("channelOn")} {...register("is_on")} className="sm:col-span-2" />
      <div className="sm:col-span-2">
        <ProblemNote error={saving.error} />
        <DialogButtons>
          <Button onClick={onDone}>{common("cancel")}</Button>
          <Button type="submit" look="primary" isBusy={saving.isPending}>
            {common("save")}
          </Button>
        </DialogButtons>
      </div>
    </form>
  );
}
