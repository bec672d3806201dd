/**
 * Plays the exam's track where the server is: through Web Audio, from short byte ranges, with nothing to rewind.
 *
 * The sound runs `LAG_MS` behind the server's position, so that a slow request is not heard. Whenever the two part (the device slept,
 * the system took the sound away) the player goes to where the server is, and what was not heard is reported as a gap.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { soundContext } from "@/lib/sound";
import { PieceCutter } from "./piece-cutter";
import { contentStart, nextRange, type Track } from "./track-bytes";

export type Sound = "off" | "waiting" | "playing" | "stalled" | "silenced" | "over" | "broken";

export interface PlayerState {
  /** off: needs a tap. waiting: the track has not begun. stalled: no network. silenced: the system stopped the sound. */
  sound: Sound;
  missedMs: number;
}

export interface PlayerWiring {
  track: Track;
  durationMs: number;
  /** The server's position now; null before the track begins; Infinity when it is over. */
  position: () => number | null;
  fetchRange: (first: number, last: number) => Promise<Response>;
  /** What could not be heard, in track time. */
  onGap: (fromMs: number, toMs: number, reason: string) => void;
  /** Up to where this browser has played before (a reload). */
  heardMs: number;
  onHeard: (ms: number) => void;
}

interface Ready {
  buffer: AudioBuffer;
  startMs: number;
  endMs: number;
  /** Where in the buffer the heard part begins, in seconds. */
  offset: number;
}

const LAG_MS = 600;
const TICK_MS = 200;
/** Clocks that differ by less are let be: correcting would be heard, the difference is not. */
const DRIFT_MS = 400;
const NOTICEABLE_MS = 900;
const RETRY_MS = 1_200;
/** So long nobody is told that the network is gone: the first bytes take their time. */
const PATIENCE_MS = 2_000;

export class TrackPlayer {
  readonly store: StoreApi<PlayerState> = createStore<PlayerState>(() => ({ sound: "off", missedMs: 0 }));

  private readonly cutter: PieceCutter;
  private context: AudioContext | null = null;
  private volume: GainNode | null = null;
  private ready: Ready[] = [];
  private sources: AudioBufferSourceNode[] = [];
  /** Track time less the context's time, in ms. */
  private offsetMs: number | null = null;
  private heardMs: number;
  private reason = "late";
  private isFetching = false;
  private waitUntil = 0;
  private begunAt = 0;
  private ticking: ReturnType<typeof setInterval> | null = null;

  constructor(private readonly wiring: PlayerWiring) {
    this.cutter = new PieceCutter(wiring.track);
    this.heardMs = wiring.heardMs;
    if (wiring.heardMs > 0) this.reason = "reload";
  }

  /** To be called from a tap or key press, or after one: browsers let a page sound only then. Where they do not it says `silenced`. */
  async start(volume: number): Promise<void> {
    const context = (this.context ??= this.open());
    this.setVolume(volume);
    this.begunAt = performance.now();
    this.ticking ??= setInterval(() => this.tick(), TICK_MS);
    try {
      await context.resume();
    } catch (error) {
      // Stopped while it waited for leave to sound: there is nothing left to start.
      if (this.context === context) throw error;
    }
    this.tick();
  }

  private open(): AudioContext {
    const context = soundContext();
    this.volume = context.createGain();
    this.volume.connect(context.destination);
    return context;
  }

  setVolume(volume: number): void {
    if (this.volume) this.volume.gain.value = volume;
  }

  stop(): void {
    if (this.ticking !== null) clearInterval(this.ticking);
    this.ticking = null;
    this.silence();
    this.volume?.disconnect();
    // Not closed: a phone that let it sound once lets it sound again.
    void this.context?.suspend();
    this.context = null;
  }

  private tick(): void {
    const { context } = this;
    const position = this.wiring.position();
    if (!context) return;
    if (position === null) return this.show("waiting");
    if (position - LAG_MS >= this.wiring.durationMs) return this.finish();
    void this.fetchNext(position);
    if (context.state !== "running") {
      this.reason = "silenced";
      void context.resume();
      return this.show("silenced");
    }
    this.follow(context, position - LAG_MS);
    this.listen(context);
  }

  /** Puts the sound where it should be when it is not. */
  private follow(context: AudioContext, shouldBe: number): void {
    const contextMs = context.currentTime * 1000;
    const drift = this.offsetMs === null ? Infinity : shouldBe - (contextMs + this.offsetMs);
    if (Math.abs(drift) <= DRIFT_MS) return;
    this.offsetMs = shouldBe - contextMs;
    this.silence();
    for (const piece of this.ready) this.schedule(piece);
  }

  private listen(context: AudioContext): void {
    const at = context.currentTime * 1000 + (this.offsetMs ?? 0);
    this.ready = this.ready.filter(({ endMs }) => endMs > at);
    const isHeard = this.ready.some(({ startMs }) => startMs <= at);
    if (!isHeard) {
      // The first moments of what is to be heard are on their way, also for who comes late: nothing is wrong yet.
      if (performance.now() - this.begunAt < PATIENCE_MS) this.show("waiting");
      else if (at > this.heardMs + NOTICEABLE_MS) this.show("stalled");
      return;
    }
    if (at - this.heardMs > NOTICEABLE_MS) this.miss(this.heardMs, at);
    this.heardMs = Math.max(this.heardMs, at);
    this.reason = "network";
    this.wiring.onHeard(this.heardMs);
    this.show("playing");
  }

  private miss(from: number, to: number): void {
    this.wiring.onGap(Math.max(0, Math.round(from)), Math.round(to), this.reason);
    this.store.setState(({ missedMs }) => ({ missedMs: missedMs + to - from }));
  }

  private finish(): void {
    const { durationMs } = this.wiring;
    if (durationMs - this.heardMs > NOTICEABLE_MS) this.miss(this.heardMs, durationMs);
    this.heardMs = durationMs;
    this.wiring.onHeard(durationMs);
    this.show("over");
    this.stop();
  }

  private async fetchNext(position: number): Promise<void> {
    const range = nextRange(this.cutter.nextByte, position, this.wiring.track);
    if (!range || this.isFetching || performance.now() < this.waitUntil) return;
    this.isFetching = true;
    try {
      const response = await this.wiring.fetchRange(range.first, range.last);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const first = contentStart(response.headers.get("Content-Range")) ?? range.first;
      await this.take(first, bytes);
    } catch {
      this.waitUntil = performance.now() + RETRY_MS;
    } finally {
      this.isFetching = false;
    }
  }

  private async take(first: number, bytes: Uint8Array): Promise<void> {
    const piece = this.cutter.push(first, bytes);
    if (!piece || !this.context) return;
    const { startMs, playMs, afterMs, encoded } = piece;
    const buffer = await this.decode(encoded.buffer);
    if (!buffer) return;
    // Counted from the end: decoders differ in what they drop at the beginning.
    const offset = Math.max(0, buffer.duration - (playMs + afterMs) / 1000);
    const ready = { buffer, startMs, endMs: startMs + playMs, offset };
    this.ready.push(ready);
    if (this.offsetMs !== null) this.schedule(ready);
  }

  private async decode(encoded: ArrayBuffer): Promise<AudioBuffer | null> {
    try {
      return (await this.context?.decodeAudioData(encoded)) ?? null;
    } catch {
      this.reason = "decoding";
      this.show("broken");
      return null;
    }
  }

  private schedule({ buffer, startMs, endMs, offset }: Ready): void {
    const { context, volume } = this;
    if (!context || !volume || this.offsetMs === null) return;
    const startsAt = (startMs - this.offsetMs) / 1000;
    const late = Math.max(0, context.currentTime - startsAt);
    const length = (endMs - startMs) / 1000;
    if (late >= length) return;
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(volume);
    source.start(startsAt + late, offset + late, length - late);
    source.onended = () => {
      this.sources = this.sources.filter((other) => other !== source);
    };
    this.sources.push(source);
  }

  private silence(): void {
    for (const source of this.sources.splice(0)) source.stop();
  }

  private show(sound: Sound): void {
    if (this.store.getState().sound !== sound) this.store.setState({ sound });
  }
}

export function trackOf(audio: { bytes_per_second: number; size_bytes: number }): Track {
  return { bytesPerSecond: audio.bytes_per_second, sizeBytes: audio.size_bytes };
}
