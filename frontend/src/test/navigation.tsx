import type { ComponentProps } from "react";
import { vi } from "vitest";

/** What pages do to the address, to be looked at by tests. */
export const went = { push: vi.fn<(href: string) => void>(), replace: vi.fn<(href: string) => void>() };

export function useRouter() {
  return went;
}

export function usePathname(): string {
  return window.location.pathname;
}

export function Link({ locale: _, ...rest }: ComponentProps<"a"> & { locale?: string }) {
  return <a {...rest} />;
}
