import "./globals.css";
import type { Metadata } from "next";
import Link from "next/link";
import { Seal } from "@/components/shell/wordmark";

export const metadata: Metadata = { title: "404 · 四级" };

export default function GlobalNotFound() {
  return (
    <html lang="zh-CN" data-theme="light">
      <body>
        <main className="grid min-h-dvh content-center justify-items-center gap-4 p-6 text-center">
          <Seal className="size-12" />
          <h1 className="font-title text-2xl font-semibold">没有这个页面 · There is no such page</h1>
          <Link href="/zh" className="text-accent underline underline-offset-4">
            回到首页 · Home
          </Link>
        </main>
      </body>
    </html>
  );
}
