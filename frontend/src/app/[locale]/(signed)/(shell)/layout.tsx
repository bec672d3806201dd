import { AppShell } from "@/components/shell/app-shell";

export default function ShellLayout({ children }: LayoutProps<"/[locale]">) {
  return <AppShell>{children}</AppShell>;
}
