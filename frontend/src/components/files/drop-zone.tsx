"use client";

import { useState, type ReactNode } from "react";
import { cn } from "@/lib/cn";

interface Props {
  /** The first of what was dropped; undefined where it was no file. */
  onFile: (file: File | undefined) => void;
  className?: string;
  children: ReactNode;
}

/** A place to drop a file on; within it stands the button that chooses one, for whoever does not drop. */
export function DropZone({ onFile, className, children }: Props) {
  const [isOver, setOver] = useState(false);
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFile(event.dataTransfer.files[0]);
      }}
      className={cn(
        "grid justify-items-center gap-3 rounded-card border border-dashed border-line-strong px-4 py-8",
        isOver && "border-accent bg-accent-soft",
        className,
      )}
    >
      {children}
    </div>
  );
}
