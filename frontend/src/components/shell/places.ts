import { BookOpen, ClipboardList, FileText, House, PenLine, ServerCog, Users, type LucideIcon } from "lucide-react";
import type { Me } from "@/lib/store";

export interface Place {
  name: "home" | "courses" | "papers" | "marking" | "people" | "audit" | "system";
  href: string;
  /** Pages that stand under the same entry. */
  also?: string[];
  icon: LucideIcon;
}

const home: Place = { name: "home", href: "/", icon: House };
const courses: Place = { name: "courses", href: "/courses", icon: BookOpen };
const papers: Place = { name: "papers", href: "/papers", icon: FileText };
const marking: Place = { name: "marking", href: "/marking", icon: PenLine };
const people: Place = { name: "people", href: "/people", icon: Users };
const audit: Place = { name: "audit", href: "/audit", icon: ClipboardList };

/** Under one entry: the bottom bar of a phone has room for six. */
export const systemPages = [
  { name: "alerts", href: "/alerts" },
  { name: "promises", href: "/promises" },
  { name: "gateway", href: "/gateway" },
] as const;

const system: Place = { name: "system", href: "/alerts", icon: ServerCog, also: ["/promises", "/gateway"] };

const navigation: Record<Me["role"], Place[]> = {
  student: [home, courses, papers],
  teacher: [home, courses, marking, papers],
  admin: [people, courses, papers, marking, audit, system],
};

export function navigationOf(role: Me["role"]): Place[] {
  return navigation[role];
}

export function isHere(href: string, path: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
