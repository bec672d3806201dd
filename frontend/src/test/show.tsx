import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { NextIntlClientProvider } from "next-intl";
import type { ReactElement } from "react";
import { Toaster } from "@/components/ui/toaster";
import { messagesOf } from "@/i18n/messages";
import type { Locale } from "@/i18n/routing";
import { useAppStore, type Me } from "@/lib/store";

interface Options {
  me?: Me;
  locale?: Locale;
}

/** A page's part as it stands in the app: with words, a query cache that does not try again, and somebody signed in. */
export function show(part: ReactElement, { me, locale = "zh" }: Options = {}) {
  if (me) useAppStore.getState().signedIn(me);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const user = userEvent.setup();
  const view = render(
    <NextIntlClientProvider locale={locale} messages={messagesOf[locale]} timeZone="Asia/Shanghai">
      <QueryClientProvider client={queries}>
        {part}
        <Toaster />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
  return { ...view, user };
}
