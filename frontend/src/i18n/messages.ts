import enAccounts from "@messages/en/accounts.json";
import enCommon from "@messages/en/common.json";
import enReport from "@messages/en/report.json";
import enRoom from "@messages/en/room.json";
import enShell from "@messages/en/shell.json";
import zhAccounts from "@messages/zh/accounts.json";
import zhCommon from "@messages/zh/common.json";
import zhReport from "@messages/zh/report.json";
import zhRoom from "@messages/zh/room.json";
import zhShell from "@messages/zh/shell.json";
import type { Locale } from "@/i18n/routing";

/** Chinese is written first: its keys are the contract, and English must have each of them. */
const zh = { common: zhCommon, shell: zhShell, accounts: zhAccounts, room: zhRoom, report: zhReport };

export type AllMessages = typeof zh;
export type Namespace = keyof AllMessages;

const en: AllMessages = { common: enCommon, shell: enShell, accounts: enAccounts, room: enRoom, report: enReport };

export const messagesOf: Record<Locale, AllMessages> = { zh, en };

/** On every page: the shell and the sign-in that may come over it. */
export const everywhere: readonly Namespace[] = ["common", "shell", "accounts"];
