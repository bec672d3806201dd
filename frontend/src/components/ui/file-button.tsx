"use client";

import { useRef, type ComponentProps, type ReactNode } from "react";
import { Button } from "@/components/ui/button";

interface Props extends Pick<ComponentProps<typeof Button>, "look" | "size" | "isBusy"> {
  accept: string;
  onFile: (file: File) => void;
  children: ReactNode;
}

/** A button that asks for one file. The same file can be chosen again once it has been mended. */
export function FileButton({ accept, onFile, children, ...button }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
      <Button {...button} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}
