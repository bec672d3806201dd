/**
 * The page's one way to sound. A phone lets it sound only after a tap that started it, and then for good: so the tap that tries the
 * sound before an exam is the tap that lets the exam's track begin by itself.
 */
let context: AudioContext | null = null;

export function canSound(): boolean {
  return typeof AudioContext !== "undefined";
}

/** At the rate of the tracks we make: nothing is resampled piece by piece then. */
export function soundContext(): AudioContext {
  if (context === null || context.state === "closed") {
    context = new AudioContext({ sampleRate: 24_000, latencyHint: "playback" });
  }
  return context;
}

const NOTES = [523.25, 659.25, 783.99];
const NOTE_SECONDS = 0.45;
const LOUDNESS = 0.25;
const PATIENCE_MS = 1_500;

/** Three rising notes. Call it from a tap. False: the browser did not let the page sound. */
export async function playTestTone(): Promise<boolean> {
  const context = soundContext();
  await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  if (context.state !== "running") return false;
  const from = context.currentTime + 0.05;
  NOTES.forEach((pitch, index) => playNote(context, pitch, from + index * NOTE_SECONDS));
  await new Promise((resolve) => setTimeout(resolve, NOTES.length * NOTE_SECONDS * 1000));
  return true;
}

/** Swells and fades, so that nothing clicks. */
function playNote(context: AudioContext, pitch: number, at: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.04);
  volume.gain.linearRampToValueAtTime(0, at + NOTE_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + NOTE_SECONDS);
}
