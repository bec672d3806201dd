import { createStore, type StoreApi } from "zustand/vanilla";

export interface Loop {
  startMs: number;
  endMs: number;
}

export interface FreeState {
  atMs: number;
  isPlaying: boolean;
  hasFailed: boolean;
  speed: number;
  loop: Loop | null;
}

/** `timeupdate` comes four times a second: too coarse for the end of a sentence. */
const LOOK_MS = 60;

/** A track that may be heard freely, by the browser's own player. */
export class FreePlayer {
  readonly store: StoreApi<FreeState> = createStore<FreeState>(() => ({
    atMs: 0,
    isPlaying: false,
    hasFailed: false,
    speed: 1,
    loop: null,
  }));
  private readonly audio = new Audio();

  constructor(private readonly url: string) {}

  /** `preload`: "none" where most who come do not listen. */
  open(preload: "metadata" | "none" = "metadata"): () => void {
    const { audio, store } = this;
    audio.preload = preload;
    audio.src = this.url;
    const listeners: [string, () => void][] = [
      ["play", () => store.setState({ isPlaying: true })],
      ["pause", () => store.setState({ isPlaying: false })],
      ["error", () => store.setState({ hasFailed: true })],
    ];
    for (const [name, listener] of listeners) audio.addEventListener(name, listener);
    const timer = setInterval(() => this.look(), LOOK_MS);
    return () => {
      clearInterval(timer);
      for (const [name, listener] of listeners) audio.removeEventListener(name, listener);
      audio.pause();
      audio.removeAttribute("src");
    };
  }

  toggle(): void {
    if (this.audio.paused) this.play();
    else this.audio.pause();
  }

  playFrom(ms: number): void {
    this.seek(ms);
    this.play();
  }

  seek(ms: number): void {
    this.audio.currentTime = ms / 1000;
    this.store.setState({ atMs: ms, loop: null });
  }

  setSpeed(speed: number): void {
    this.audio.playbackRate = speed;
    this.audio.defaultPlaybackRate = speed;
    this.store.setState({ speed });
  }

  setLoop(loop: Loop | null): void {
    this.store.setState({ loop });
  }

  private play(): void {
    this.audio.play().catch((error: unknown) => {
      // A pause that comes before the sound is there is no failure.
      if (!(error instanceof DOMException && error.name === "AbortError")) this.store.setState({ hasFailed: true });
    });
  }

  private look(): void {
    if (this.audio.paused) return;
    const { loop } = this.store.getState();
    const atMs = this.audio.currentTime * 1000;
    if (loop && atMs >= loop.endMs) this.audio.currentTime = loop.startMs / 1000;
    this.store.setState({ atMs });
  }
}
