import { useTranslations } from "next-intl";

/** The first stop of the Tab key: past the bar, to what the page is about. */
export function SkipLink() {
  const t = useTranslations("shell");
  return (
    <a
      href="#content"
      className="sr-only focus:not-sr-only focus:fixed focus:z-60 focus:m-2 focus:rounded-control focus:bg-accent focus:px-4 focus:py-2.5 focus:text-on-accent"
    >
      {t("skip")}
    </a>
  );
}
