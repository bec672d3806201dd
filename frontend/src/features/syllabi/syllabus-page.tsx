"use client";

import { useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
import type { Schema } from "@/client/types";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton } from "@/components/ui/skeleton";
import { Note } from "@/components/ui/states";
import { FindBar } from "@/features/syllabi/find-bar";
import { find } from "@/features/syllabi/find";
import { SyllabusText } from "@/features/syllabi/syllabus-text";
import { $api } from "@/lib/api";
import { usePathId } from "@/lib/path";
import { useWords } from "@/lib/words";

export function SyllabusPage() {
  const id = usePathId();
  return id === null ? <SyllabusWaiting /> : <SyllabusOf syllabus_id={Number(id)} />;
}

function SyllabusOf({ syllabus_id }: { syllabus_id: number }) {
  const t = useTranslations("syllabi");
  const words = useWords();
  const params = { params: { path: { syllabus_id } } };
  const syllabus = $api.useQuery("get", "/api/v1/syllabi/{syllabus_id}", params);
  const isReady = syllabus.data?.state === "ready";
  const text = $api.useQuery("get", "/api/v1/syllabi/{syllabus_id}/text", params, { enabled: isReady });
  return (
    <Loaded query={syllabus} isPage skeleton={<SyllabusWaiting />}>
      {(it) => (
        <>
          <PageHead
            title={it.title}
            about={<About syllabus={it} />}
            back={{ href: `/courses/${it.course}?tab=syllabi`, label: t("backToCourse") }}
          />
          {it.trouble && <Note tone="bad">{words(it.trouble)}</Note>}
          {it.state === "reading" && <Note tone="info">{t("states.reading")}</Note>}
          {isReady && (
            <Loaded query={text} skeleton={<Skeleton className="h-96" />}>
              {(read) => <Read text={read} />}
            </Loaded>
          )}
        </>
      )}
    </Loaded>
  );
}

function About({ syllabus }: { syllabus: Schema<"SyllabusOut"> }) {
  const t = useTranslations("syllabi");
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Badge>{t("edition", { number: syllabus.edition })}</Badge>
      <span className="break-all">{syllabus.filename}</span>
      {syllabus.state === "ready" && (
        <span>{t("amount", { pages: syllabus.pages, characters: syllabus.characters })}</span>
      )}
    </span>
  );
}

function Read({ text }: { text: Schema<"SyllabusText"> }) {
  const [sought, setSought] = useState("");
  const [place, setPlace] = useState(0);
  const texts = useMemo(() => text.pages.flatMap((page) => page.blocks.map((block) => block.text)), [text]);
  const hits = useMemo(() => find(texts, sought), [texts, sought]);
  // One function for good: the box calls it again whenever it is another.
  const seek = useCallback((next: string) => {
    setSought(next);
    setPlace(0);
  }, []);
  return (
    <div className="grid grid-cols-1 gap-4">
      <FindBar count={hits.length} place={place} sought={sought} onSeek={seek} onPlace={setPlace} />
      <Card className="px-5 py-6 sm:px-10 sm:py-8">
        <SyllabusText text={text} sought={hits.length > 0 ? sought : ""} current={hits[place] ?? null} />
      </Card>
    </div>
  );
}

export function SyllabusWaiting() {
  return (
    <div aria-busy className="grid gap-5">
      <Skeleton className="h-9 w-64" />
      <Skeleton className="h-11" />
      <Skeleton className="h-96" />
    </div>
  );
}
