"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card, CardHead } from "@/components/ui/card";
import { Check } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { useWords } from "@/lib/words";
import { index, needsAWord, ordered, orders, percent, type Order, type Row } from "./analysis-rules";

interface Props {
  rows: readonly Row[];
  onItem: (slot: string) => void;
}

/** Each item of the paper: how many could do it, whether it divides, and what it was mistaken for. */
export function ItemTable({ rows, onItem }: Props) {
  const t = useTranslations("analysis");
  const [order, setOrder] = useState<Order>("paper");
  const [onlyFlagged, setOnlyFlagged] = useState(false);
  const shown = ordered(onlyFlagged ? rows.filter(needsAWord) : rows, order);
  return (
    <Card className="overflow-hidden">
      <CardHead title={t("items")} about={t("itemsAbout")}>
        <Check
          label={t("onlyFlagged", { count: rows.filter(needsAWord).length })}
          checked={onlyFlagged}
          onChange={(event) => setOnlyFlagged(event.target.checked)}
        />
        {/* The browser's own: a list over the page would have the whole long table styled again before it opens. */}
        <NativeSelect
          aria-label={t("order")}
          value={order}
          onChange={(event) => setOrder(event.target.value as Order)}
          className="w-52"
        >
          {orders.map((value) => (
            <option key={value} value={value}>
              {t(`orders.${value}`)}
            </option>
          ))}
        </NativeSelect>
      </CardHead>
      <Table>
        <thead>
          <tr>
            <Th className="sticky left-0 bg-surface">{t("slot")}</Th>
            <Th>{t("section")}</Th>
            <Th>{t("facility")}</Th>
            <Th className="text-right" title={t("discriminationAbout")}>
              {t("discrimination")}
            </Th>
            <Th className="text-right" title={t("biserialAbout")}>
              {t("biserial")}
            </Th>
            <Th>{t("topWrong")}</Th>
            <Th>{t("hint")}</Th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <ItemLine key={row.slot} row={row} onItem={onItem} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function ItemLine({ row, onItem }: { row: Row; onItem: (slot: string) => void }) {
  const t = useTranslations("analysis");
  const common = useTranslations("common");
  return (
    <Tr className="group cursor-pointer" onClick={() => onItem(row.slot)}>
      <Td className="sticky left-0 bg-surface group-hover:bg-sunken">
        <button
          type="button"
          className="rounded-sm font-semibold text-accent tabular-nums underline-offset-4 hover:underline"
          aria-label={t("openItem", { slot: row.slot })}
        >
          {row.slot}
        </button>
      </Td>
      <Td className="whitespace-nowrap text-ink-soft">{common(`sections.${row.section}`)}</Td>
      <Td>
        <span className="grid w-36 grid-cols-[1fr_3rem] items-center gap-2">
          <Progress value={100 * row.facility} label={t("facilityOf", { slot: row.slot })} className="h-1.5" />
          <span className="text-right tabular-nums">{percent(row.facility)}</span>
        </span>
      </Td>
      <Td className="text-right tabular-nums">{index(row.discrimination)}</Td>
      <Td className="text-right tabular-nums">{index(row.point_biserial)}</Td>
      <Td>
        <TopWrong row={row} />
      </Td>
      <Td>
        <span className="flex flex-wrap gap-1.5">
          {row.flags.map((flag) => (
            <Badge key={flag} tone={tones[flag]} title={t(`flagsAbout.${flag}`)}>
              {t(`flags.${flag}`)}
            </Badge>
          ))}
        </span>
      </Td>
    </Tr>
  );
}

export const tones: Record<Row["flags"][number], Tone> = {
  hard: "warn",
  easy: "good",
  weak: "plain",
  negative: "bad",
  trap: "warn",
};

function TopWrong({ row }: { row: Row }) {
  const t = useTranslations("analysis");
  const words = useWords();
  if (row.top_wrong === null) return <span className="text-ink-faint">–</span>;
  const { letter, count, trap } = row.top_wrong;
  return (
    <span className="whitespace-nowrap">
      <strong>{letter}</strong> <span className="text-ink-soft tabular-nums">{t("people", { count })}</span>
      {trap && <span className="block text-xs text-ink-faint">{words(trap)}</span>}
    </span>
  );
}
