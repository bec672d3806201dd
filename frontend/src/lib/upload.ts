/**
 * A large file on its way to the server, in pieces: paused, cut off, reloaded, it goes on where the server stands (tus 1.0).
 *
 * What is remembered in the browser is where the server keeps the upload, under a name that has the person in it: on a shared
 * machine nobody goes on with somebody else's. The bytes themselves stay with the person, who chooses the same file again.
 */
import type { DetailedError, PreviousUpload, Upload } from "tus-js-client";
import { answerTo } from "@/lib/ahead";
import { asProblem, ProblemError, readProblem, unreachable } from "@/lib/problem";
import { signInAgain } from "@/lib/session";

const ENDPOINT = "/api/v1/uploads";
/** What one cut costs at the most, and far below what the front door hands on in one body. */
const PIECE_BYTES = 1024 * 1024;
/** Begins anew with every piece that arrives; together about four minutes without a single one. */
const RETRY_AFTER_MS = [0, 500, 1000, 2000, 4000, 8000, 15_000, 30_000, 60_000, 120_000];
const PREFIX = "siji-upload";

export interface Sending {
  /** Pauses; the server keeps what it has. */
  pause: () => void;
  resume: () => void;
  /** Gives up, at the server too. */
  cancel: () => Promise<void>;
}

interface Hearing {
  /** Bytes that have left; after a break it begins again from what the server keeps. */
  onProgress: (bytes: number) => void;
  onDone: (upload_id: string) => void;
  onFailed: (problem: ProblemError) => void;
}

/** Begins, or goes on with, sending a file. */
export async function sendFile(file: File, user_id: number, hearing: Hearing): Promise<Sending> {
  const tus = await import("tus-js-client");
  const mend = new Mending();
  const upload: Upload = new tus.Upload(file, {
    endpoint: ENDPOINT,
    chunkSize: PIECE_BYTES,
    retryDelays: RETRY_AFTER_MS,
    metadata: { filename: file.name, key: crypto.randomUUID() },
    fingerprint: (it: File) => Promise.resolve(fingerprintOf(it, user_id)),
    removeFingerprintOnSuccess: false,
    onBeforeRequest: (request) => mend.before(request),
    onShouldRetry: (error) => mend.mayTryAgain(error),
    onProgress: (bytes) => hearing.onProgress(bytes),
    onSuccess: () => hearing.onDone(idOf(upload.url)),
    onError: (error) => void problemOf(error).then(hearing.onFailed),
  });
  const [before] = await upload.findPreviousUploads();
  if (before) upload.resumeFromPreviousUpload(before);
  upload.start();
  return {
    pause: () => void upload.abort(),
    resume: () => upload.start(),
    cancel: async () => {
      await upload.abort(upload.url !== null).catch(() => undefined);
      await forgetFile(file, user_id);
    },
  };
}

/** What was made of the file stands at the server: it need not be found again here. */
export async function forgetFile(file: File, user_id: number): Promise<void> {
  const { defaultOptions } = await import("tus-js-client");
  const found = await defaultOptions.urlStorage.findUploadsByFingerprint(fingerprintOf(file, user_id));
  await Promise.all(found.map((one) => defaultOptions.urlStorage.removeUpload(one.urlStorageKey)));
}

/** Names of files that this person began to send from this browser within the last day. */
export async function unfinishedFiles(user_id: number): Promise<string[]> {
  const { defaultOptions } = await import("tus-js-client");
  const all = await defaultOptions.urlStorage.findAllUploads();
  return [...new Set(all.filter((it) => isRecent(it, user_id)).map((it) => it.metadata["filename"] ?? ""))].filter(
    Boolean,
  );
}

const A_DAY_MS = 24 * 3600 * 1000;

function isRecent({ urlStorageKey, creationTime }: PreviousUpload, user_id: number): boolean {
  return urlStorageKey.includes(`::${PREFIX}-${user_id}-`) && Date.now() - Date.parse(creationTime) < A_DAY_MS;
}

export function fingerprintOf({ name, size, lastModified }: File, user_id: number): string {
  return [PREFIX, user_id, name, size, lastModified].join("-");
}

function idOf(url: string | null): string {
  return /[0-9a-f-]{36}$/.exec(url ?? "")?.[0] ?? "";
}

/** Server's own faults, a busy server, a wrong place or a damaged piece: the next try asks where to go on and does so. */
const WORTH_TRYING = new Set([0, 409, 423, 429, 460]);

/** What has to be put right before the next request: a session that ended, a token that went stale. */
export class Mending {
  private needs: "nothing" | "session" | "token" = "nothing";

  async before(request: { setHeader: (name: string, value: string) => void }): Promise<void> {
    const needs = this.needs;
    this.needs = "nothing";
    if (needs === "session" && !(await signInAgain())) throw new ProblemError(401, "signed_out", unreachable);
    if (needs === "token") await answerTo(new Request(new URL("/api/v1/me", window.location.origin)));
    request.setHeader("X-CSRFToken", /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "");
  }

  mayTryAgain(error: Pick<DetailedError, "originalResponse">): boolean {
    const status = error.originalResponse?.getStatus() ?? 0;
    if (status === 401) this.needs = "session";
    if (status === 403) this.needs = codeOf(error) === "csrf" ? "token" : "nothing";
    return this.needs !== "nothing" || status >= 500 || (WORTH_TRYING.has(status) && !isFinal(error));
  }
}

/** Refusals that the same request meets again: a full quota, another file under the same key. */
function isFinal(error: Pick<DetailedError, "originalResponse">): boolean {
  const status = error.originalResponse?.getStatus();
  return status === 409 && codeOf(error) !== "wrong_offset";
}

function codeOf(error: Pick<DetailedError, "originalResponse">): string {
  try {
    const body: unknown = JSON.parse(error.originalResponse?.getBody() ?? "");
    return typeof body === "object" && body !== null && "code" in body ? String(body.code) : "";
  } catch {
    // Not one of ours: a gateway's page.
    return "";
  }
}

async function problemOf(error: Error | DetailedError): Promise<ProblemError> {
  const answer = "originalResponse" in error ? error.originalResponse : null;
  if (answer) return readProblem(new Response(answer.getBody() || null, { status: answer.getStatus() || 500 }));
  return "originalRequest" in error ? new ProblemError(0, "offline", unreachable) : asProblem(error);
}
