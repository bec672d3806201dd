import {
  BookOpen,
  ClipboardList,
  FileText,
  Gauge,
  House,
  PenLine,
  Sparkles,
  Users,
  type LucideIcon,
} from "lucide-react";
import type { Me } from "@/lib/store";

export interface Place {
  name: "home" | "courses" | "papers" | "marking" | "people" | "audit" | "gateway" | "promises";
  href: string;
  icon: LucideIcon;
}

const home: Place = { name: "home", href: "/", icon: House };
const courses: Place = { name: "courses", href: "/courses", icon: BookOpen };
const papers: Place = { name: "papers", href: "/papers", icon: FileText };
const marking: Place = { name: "marking", href: "/marking", icon: PenLine };
const people: Place = { name: "people", href: "/people", icon: Users };
const audit: Place = { name: "audit", href: "/audit", icon: ClipboardList };

const gateway: Place = { name: "gateway", href: "/gateway", icon: Sparkles };
const promises: Place = { name: "promises", href: "/promises", icon: Gauge };

const navigation: Record<Me["role"], Place[]> = {
  student: [home, courses, papers],
  teacher: [home, courses, marking, papers],
  admin: [people, courses, papers, marking, audit, gateway, promises],
};

export function navigationOf(role: Me["role"]): Place[] {
  return navigation[role];
}

export function isHere(href: string, path: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
