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

type LinkProps = ComponentProps<"a"> & { locale?: string; prefetch?: boolean };

export function Link({ locale: _, prefetch: __, ...rest }: LinkProps) {
  return <a {...rest} />;
}
