import type { Schema } from "@/client/types";
import { amountShape, toMicro, toYuan } from "@/lib/money";
import { z } from "@/lib/shapes";

const amount = z.string().trim().regex(amountShape, "notAmount");
const optional = z.union([z.literal(""), amount]);
const whole = z
  .string()
  .trim()
  .regex(/^[1-9]\d{0,6}$/, "notWhole");

/** As typed: amounts in yuan. */
export const gatewayShape = z.object({
  is_on: z.boolean(),
  endpoint: z.string(),
  model: z.string().trim().min(1, "required").max(100),
  dialect: z.enum(["deepseek", "plain"]),
  key: z.string().trim(),
  price_miss: amount,
  price_hit: amount,
  price_output: amount,
  day_budget: amount,
  user_day_budget: optional,
  course_day_budget: optional,
  hourly_cost: amount,
  calls_at_once: whole,
  calls_per_minute: whole,
  connections: whole,
  breaker_failures: whole,
  breaker_pause: whole,
});

export type GatewayFields = z.infer<typeof gatewayShape>;

export const amounts = ["price_miss", "price_hit", "price_output", "day_budget", "hourly_cost"] as const;
export const limits = [
  "calls_at_once",
  "calls_per_minute",
  "connections",
  "breaker_failures",
  "breaker_pause",
] as const;
export const ownBudgets = ["user_day_budget", "course_day_budget"] as const;

export function asTyped(settings: Schema<"GatewaySettings">): GatewayFields {
  const { is_on, endpoint, model, dialect } = settings;
  return {
    ...{ is_on, endpoint, model, dialect, key: "" },
    ...each(amounts, (name) => toYuan(settings[name])),
    ...each(limits, (name) => String(settings[name])),
    ...each(ownBudgets, (name) => toYuanOrNothing(settings[name])),
  };
}

/** An empty key keeps the one that is there. */
export function asSent(fields: GatewayFields): Schema<"GatewayIn"> {
  const { is_on, endpoint, model, dialect, key } = fields;
  return {
    ...{ is_on, endpoint, model, dialect, key: key || null },
    ...each(amounts, (name) => toMicro(fields[name])),
    ...each(limits, (name) => Number(fields[name])),
    ...each(ownBudgets, (name) => (fields[name] ? toMicro(fields[name]) : null)),
  };
}

function toYuanOrNothing(micro: number | null): string {
  return micro === null ? "" : toYuan(micro);
}

function each<Name extends string, Value>(names: readonly Name[], of: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, Value>;
}

/** What a test's job ends with (`GatewayTestResult` of the server): a job's result has no type of its own in the interface. */
export const resultShape = z.object({
  is_ok: z.boolean(),
  words: z.object({ zh: z.string(), en: z.string() }),
  detail: z.string(),
  latency_ms: z.number(),
  tokens_in: z.number(),
  tokens_out: z.number(),
  cost: z.number(),
});

export type TestResult = z.infer<typeof resultShape>;
