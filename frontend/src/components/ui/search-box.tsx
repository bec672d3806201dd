"use client";

import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { Input } from "@/components/ui/input";
import { cn } from "@/lib/cn";

const PAUSE_MS = 300;

interface Props {
  label: string;
  /** Called once typing pauses. */
  onSearch: (text: string) => void;
  className?: string;
}

export function SearchBox({ label, onSearch, className }: Props) {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => onSearch(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, onSearch]);
  return (
    <div className={cn("relative", className)}>
      <Search
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-faint"
        aria-hidden
      />
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text ?? ""}
        onChange={(event) => setText(event.target.value)}
        className="pl-9"
      />
    </div>
  );
}
