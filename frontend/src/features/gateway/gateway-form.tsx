"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useForm, type UseFormReturn } from "react-hook-form";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { Check, Field } from "@/components/ui/field";
import { Input, NativeSelect } from "@/components/ui/input";
import { ProblemNote } from "@/components/ui/states";
import { asSent, asTyped, gatewayShape, type GatewayFields } from "@/features/gateway/shape";
import { api, take } from "@/lib/api";
import { useRefusedFields } from "@/lib/refused-fields";
import { toast } from "@/lib/toast";

type Gateway = Schema<"GatewayOut">;
type Form = UseFormReturn<GatewayFields>;
type Refused = (name: string) => string | undefined;

export function GatewayForm({ gateway }: { gateway: Gateway }) {
  const t = useTranslations("gateway");
  const common = useTranslations("common");
  const queries = useQueryClient();
  const saving = useMutation({
    mutationFn: (fields: GatewayFields) => take(api.PUT("/api/v1/gateway", { body: asSent(fields) })),
    onSuccess: async () => {
      toast.success(t("saved"));
      await queries.invalidateQueries({ queryKey: ["get", "/api/v1/gateway"] });
    },
  });
  const refused = useRefusedFields(saving.error);
  const form = useForm({ resolver: zodResolver(gatewayShape), defaultValues: asTyped(gateway.settings) });
  return (
    <form
      onSubmit={(event) => void form.handleSubmit((fields) => saving.mutate(fields))(event)}
      noValidate
      className="grid grid-cols-1 gap-6"
    >
      <Connection form={form} refused={refused} gateway={gateway} />
      <Part title={t("prices")} about={t("pricesAbout")}>
        <Typed form={form} refused={refused} name="price_miss" label={t("priceMiss")} />
        <Typed form={form} refused={refused} name="price_hit" label={t("priceHit")} />
        <Typed form={form} refused={refused} name="price_output" label={t("priceOutput")} />
      </Part>
      <Part title={t("budgets")} about={t("budgetsAbout")}>
        <Typed form={form} refused={refused} name="day_budget" label={t("dayBudget")} />
        <Typed form={form} refused={refused} name="user_day_budget" label={t("userDayBudget")} hint={t("noLimit")} />
        <Typed
          form={form}
          refused={refused}
          name="course_day_budget"
          label={t("courseDayBudget")}
          hint={t("noLimit")}
        />
        <Typed form={form} refused={refused} name="hourly_cost" label={t("hourlyCost")} hint={t("hourlyCostHint")} />
      </Part>
      <Part title={t("limits")}>
        <Typed form={form} refused={refused} name="calls_at_once" label={t("callsAtOnce")} />
        <Typed form={form} refused={refused} name="calls_per_minute" label={t("callsPerMinute")} />
        <Typed form={form} refused={refused} name="connections" label={t("connections")} />
        <Typed form={form} refused={refused} name="breaker_failures" label={t("breakerFailures")} />
        <Typed form={form} refused={refused} name="breaker_pause" label={t("breakerPause")} />
      </Part>
      <div className="grid grid-cols-1 justify-items-start gap-4">
        <ProblemNote error={saving.error} className="w-full" />
        <Button type="submit" look="primary" isBusy={saving.isPending}>
          {common("save")}
        </Button>
      </div>
    </form>
  );
}

function Connection({ form, refused, gateway }: { form: Form; refused: Refused; gateway: Gateway }) {
  const t = useTranslations("gateway");
  const common = useTranslations("common");
  const { register, formState } = form;
  return (
    <Part title={t("connection")}>
      <Check label={t("isOn")} hint={t("isOnHint")} {...register("is_on")} className="sm:col-span-2 lg:col-span-3" />
      <Field label={t("endpoint")} hint={t("endpointHint")} error={refused("endpoint")} className="lg:col-span-2">
        {(control) => (
          <NativeSelect {...control} {...register("endpoint")}>
            {gateway.endpoints.length === 0 && <option value="">{t("endpointNone")}</option>}
            {optionsOf(gateway).map((url) => (
              <option key={url} value={url}>
                {url}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <Field label={t("dialect")} error={refused("dialect")}>
        {(control) => (
          <NativeSelect {...control} {...register("dialect")}>
            {gatewayShape.shape.dialect.options.map((dialect) => (
              <option key={dialect} value={dialect}>
                {t(`dialects.${dialect}`)}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <Field
        label={t("key")}
        hint={gateway.has_key ? t("keyKept") : t("keyNone")}
        error={refused("key")}
        className="lg:col-span-2"
      >
        {(control) => <Input {...control} {...register("key")} type="password" maxLength={500} autoComplete="off" />}
      </Field>
      <Field label={t("model")} error={formState.errors.model ? common("required") : refused("model")}>
        {(control) => (
          <Input {...control} {...register("model")} maxLength={100} autoCapitalize="none" spellCheck={false} />
        )}
      </Field>
    </Part>
  );
}

/** What is set and not allowed any more is still shown, so that nobody saves another address unawares. */
function optionsOf({ endpoints, settings }: Gateway): string[] {
  return !settings.endpoint || endpoints.includes(settings.endpoint) ? endpoints : [settings.endpoint, ...endpoints];
}

interface TypedProps {
  form: Form;
  refused: Refused;
  name: Exclude<keyof GatewayFields, "is_on" | "dialect">;
  label: string;
  hint?: string;
}

/** A number as typed. */
function Typed({ form, refused, name, label, hint }: TypedProps) {
  const t = useTranslations("gateway");
  const wrong = form.formState.errors[name];
  const words = wrong && (wrong.message === "notWhole" ? t("notWhole") : t("notAmount"));
  return (
    <Field label={label} hint={hint} error={words ?? refused(name)}>
      {(control) => (
        <Input {...control} {...form.register(name)} inputMode="decimal" autoComplete="off" className="tabular-nums" />
      )}
    </Field>
  );
}

function Part({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  return (
    <Card>
      <CardHead title={title} about={about} />
      <div className="grid grid-cols-1 gap-x-6 gap-y-4 px-5 pb-5 sm:grid-cols-2 lg:grid-cols-3">{children}</div>
    </Card>
  );
}
