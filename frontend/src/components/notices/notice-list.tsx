"use client";

import {
  BellOff,
  BookUser,
  ClipboardList,
  DoorOpen,
  Hourglass,
  KeyRound,
  MessageCircleQuestionMark,
  PenLine,
  Scale,
  UserRoundPlus,
  type LucideIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "@/lib/toast";
import { placeOfNotice } from "@/components/notices/place-of-notice";
import { useReadNotice, type Notice } from "@/components/notices/use-notices";
import { EmptyState } from "@/components/ui/states";
import { Link } from "@/i18n/navigation";
import { cn } from "@/lib/cn";
import { asProblem } from "@/lib/problem";
import { useUser } from "@/lib/store";
import { useTimes } from "@/lib/time";
import { useWords } from "@/lib/words";

const icons: Record<Notice["kind"], LucideIcon> = {
  assigned: ClipboardList,
  room_started: DoorOpen,
  due_soon: Hourglass,
  marked: PenLine,
  returned: KeyRound,
  roster_imported: UserRoundPlus,
  course_received: BookUser,
  appealed: MessageCircleQuestionMark,
  appeal_decided: Scale,
};

/** What says its course in the title already. */
const NAMES_ITS_COURSE: ReadonlySet<Notice["kind"]> = new Set(["roster_imported", "course_received"]);

interface Props {
  notices: readonly Notice[];
  /** Called when one is followed. */
  onFollow?: () => void;
}

export function NoticeList({ notices, onFollow }: Props) {
  if (notices.length === 0) return <NoNotices />;
  return (
    <ul className="divide-y divide-line">
      {notices.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} onFollow={onFollow} />
      ))}
    </ul>
  );
}

function NoNotices() {
  const t = useTranslations("notices");
  const isStudent = useUser().role === "student";
  return <EmptyState icon={BellOff} title={t("none")} about={t(isStudent ? "noneStudent" : "noneStaff")} />;
}

function NoticeLine({ notice, onFollow }: { notice: Notice; onFollow: (() => void) | undefined }) {
  const t = useTranslations("notices");
  const times = useTimes();
  const words = useWords();
  const read = useReadNotice();
  const { title, about } = useNoticeWords(notice);
  const Icon = icons[notice.kind];
  const follow = () => {
    onFollow?.();
    if (!notice.is_read) read(notice.id).catch((error: unknown) => toast.error(words(asProblem(error).words)));
  };
  return (
    <li>
      <Link
        prefetch={false}
        href={placeOfNotice(notice)}
        onClick={follow}
        className="flex items-start gap-3.5 px-5 py-3.5 -outline-offset-2 hover:bg-sunken/60"
      >
        <span
          className={cn(
            "grid size-9 shrink-0 place-items-center rounded-full",
            notice.is_read ? "bg-sunken text-ink-faint" : "bg-accent-soft text-accent",
          )}
        >
          <Icon className="size-4.5" aria-hidden />
        </span>
        <span className="grid min-w-0 flex-1 gap-0.5 text-sm">
          <span className={cn("break-words", notice.is_read ? "text-ink-soft" : "font-semibold")}>{title}</span>
          {about && <span className="text-ink-soft">{about}</span>}
          <span className="truncate text-xs text-ink-faint">
            <time dateTime={notice.at} className="tabular-nums">
              {times.moment(notice.at)}
            </time>
            {!NAMES_ITS_COURSE.has(notice.kind) && notice.about.course_name && ` · ${notice.about.course_name}`}
          </span>
        </span>
        {!notice.is_read && (
          <span className="mt-1.5 size-2 shrink-0 rounded-full bg-accent">
            <span className="sr-only">{t("unread")}</span>
          </span>
        )}
      </Link>
    </li>
  );
}

/** What a notice says, in the reader's language: it is stored as its kind and what it is about. */
function useNoticeWords({ kind, about }: Notice): { title: string; about: string } {
  const t = useTranslations("notices");
  const times = useTimes();
  const title = t(`kinds.${kind}`, { title: about.title, course: about.course_name });
  switch (kind) {
    case "assigned":
      return { title, about: "" };
    case "due_soon":
      return { title, about: about.closes_at ? t("about.due_soon", { time: times.moment(about.closes_at) }) : "" };
    case "roster_imported":
      return {
        title,
        about: t("about.roster_imported", { created: about.created ?? 0, enrolled: about.enrolled ?? 0 }),
      };
    default:
      return { title, about: t(`about.${kind}`) };
  }
}
