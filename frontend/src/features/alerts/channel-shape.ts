import type { Schema } from "@/client/types";
import { z } from "@/lib/shapes";

export type Channel = Schema<"ChannelOut">;
export type Kind = Channel["kind"];

interface Setting {
  name:
    | "host"
    | "port"
    | "security"
    | "user"
    | "password"
    | "sender"
    | "to"
    | "url"
    | "authorization"
    | "token"
    | "secret"
    | "key";
  isNeeded?: boolean;
  isSecret?: boolean;
}

/** What each kind is told, as the server has it (`notifications/kinds.py`). */
export const settingsOf: Record<Kind, readonly Setting[]> = {
  email: [
    { name: "host", isNeeded: true },
    { name: "port" },
    { name: "security" },
    { name: "user" },
    { name: "password", isSecret: true },
    { name: "sender", isNeeded: true },
    { name: "to", isNeeded: true },
  ],
  wecom: [{ name: "key", isNeeded: true, isSecret: true }],
  dingtalk: [
    { name: "token", isNeeded: true, isSecret: true },
    { name: "secret", isSecret: true },
  ],
  feishu: [{ name: "token", isNeeded: true, isSecret: true }],
  sms: [{ name: "url", isNeeded: true, isSecret: true }],
  webhook: [
    { name: "url", isNeeded: true, isSecret: true },
    { name: "authorization", isSecret: true },
  ],
  slack: [{ name: "url", isNeeded: true, isSecret: true }],
};

export const kinds = Object.keys(settingsOf) as Kind[];
export const levels = ["info", "warning", "error", "critical"] as const;

export const channelShape = z.object({
  name: z.string().trim().min(1, "required").max(80),
  kind: z.enum(["email", "sms", "webhook", "slack", "dingtalk", "wecom", "feishu"]),
  settings: z.record(z.string(), z.string()),
  language: z.enum(["zh", "en"]),
  least_level: z.enum(levels),
  only_escalated: z.boolean(),
  is_on: z.boolean(),
});

export type ChannelFields = z.infer<typeof channelShape>;

export function asTyped(channel: Channel | null): ChannelFields {
  if (channel === null) {
    return {
      ...{ name: "", kind: "email", settings: {}, language: "zh", least_level: "warning" },
      ...{ only_escalated: false, is_on: true },
    };
  }
  const { name, kind, settings, language, least_level, only_escalated, is_on } = channel;
  return { name, kind, settings, language, least_level, only_escalated, is_on };
}

/** Only what the kind knows; an empty secret is left out and stays as it was. */
export function asSent(fields: ChannelFields): Schema<"ChannelIn"> {
  const filled = settingsOf[fields.kind].map(({ name }) => [name, fields.settings[name]?.trim() ?? ""] as const);
  return { ...fields, settings: Object.fromEntries(filled.filter(([, value]) => value !== "")) };
}
