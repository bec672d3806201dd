"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ProblemError } from "@/lib/problem";
import { forgetFile, sendFile, type Sending } from "@/lib/upload";
import { useUser } from "@/lib/store";

export interface Sent {
  file: File;
  /** `refused`: it is all there and is not what is wanted, so that sending it again would not help. */
  state: "sending" | "paused" | "failed" | "sent" | "refused";
  /** Bytes. */
  gone: number;
  problem: ProblemError | null;
}

const UNUSABLE = 422;

/** One file on its way; `onSent` makes something of it, the next edition of `after` where that is named. Leaving the page pauses: choosing the file again goes on. */
export function useSending(onSent: (upload_id: string, after: number | null) => Promise<unknown>) {
  const { id: user_id } = useUser();
  const [sent, setSent] = useState<Sent | null>(null);
  const sending = useRef<Sending | null>(null);
  useEffect(() => () => sending.current?.pause(), []);
  const change = useCallback((some: Partial<Sent>) => setSent((it) => it && { ...it, ...some }), []);

  const finish = async (upload_id: string, file: File, after: number | null) => {
    change({ state: "sent", gone: file.size });
    try {
      await onSent(upload_id, after);
      await forgetFile(file, user_id);
      setSent(null);
    } catch (error) {
      const problem = error as ProblemError;
      change({ state: problem.status === UNUSABLE ? "refused" : "failed", problem });
    }
  };
  const begin = async (file: File, after: number | null = null) => {
    setSent({ file, state: "sending", gone: 0, problem: null });
    sending.current = await sendFile(file, user_id, {
      onProgress: (gone) => change({ gone }),
      onDone: (upload_id) => void finish(upload_id, file, after),
      onFailed: (problem) => change({ state: "failed", problem }),
    });
  };
  const pause = () => {
    sending.current?.pause();
    change({ state: "paused" });
  };
  const resume = () => {
    change({ state: "sending", problem: null });
    sending.current?.resume();
  };
  const cancel = async () => {
    await sending.current?.cancel();
    setSent(null);
  };
  return { sent, begin, pause, resume, cancel };
}
