import "./globals.css";
import type { Metadata } from "next";
import Link from "next/link";

export const metadata: Metadata = { title: "404 · 四级" };

export default function GlobalNotFound() {
  return (
    <html lang="zh-CN" data-theme="light">
      <body>
        <main className="grid min-h-dvh content-center justify-items-center gap-3 p-6 text-center">
          <h1 className="text-xl font-semibold">没有这个页面 · There is no such page</h1>
          <Link href="/zh" className="text-accent underline">
            回到首页 · Home
          </Link>
        </main>
      </body>
    </html>
  );
}
