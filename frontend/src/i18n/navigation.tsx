"use client";

import { createNavigation } from "next-intl/navigation";
import { useState, type ComponentProps } from "react";
import { routing } from "@/i18n/routing";
import { askAhead } from "@/lib/ahead";
import { useAppStore } from "@/lib/store";

const navigation = createNavigation(routing);

export const { usePathname, useRouter } = navigation;

/**
 * A link whose page, and what that page asks of the server, come when somebody turns to it: pointer, finger or focus. Next.js by
 * itself fetches the page of every link in sight, which takes the network from the page that is being opened.
 */
export function Link({ prefetch, onPointerEnter, onFocus, ...rest }: ComponentProps<typeof navigation.Link>) {
  const [isMeant, setMeant] = useState(false);
  const mean = () => {
    if (isMeant || prefetch === false) return;
    setMeant(true);
    const { me } = useAppStore.getState();
    if (me && typeof rest.href === "string") askAhead(rest.href, me.role);
  };
  return (
    <navigation.Link
      {...rest}
      prefetch={isMeant ? null : false}
      onPointerEnter={(event) => {
        mean();
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        mean();
        onFocus?.(event);
      }}
    />
  );
}
