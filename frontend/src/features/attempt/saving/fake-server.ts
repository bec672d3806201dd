import type { Acknowledged, AnswerIn, Reply, Send } from "./wire";

/** The server's rules of `practice/protocol.py`, for tests: highest seq wins, a lock freezes, what comes later is late. */
export class FakeServer {
  readonly kept = new Map<string, AnswerIn>();
  readonly late: AnswerIn[] = [];
  readonly locked = new Set<string>();
  requests = 0;

  put(answers: AnswerIn[]): Acknowledged[] {
    this.requests += 1;
    return answers.map((sent) => this.judge(sent));
  }

  private judge(sent: AnswerIn): Acknowledged {
    const { item, seq } = sent;
    const kept = this.kept.get(item);
    const current = kept ? { seq: kept.seq, value: kept.value } : null;
    const isNewer = !kept || seq > kept.seq;
    if (isNewer && this.locked.has(item)) {
      this.late.push(sent);
      return { item, seq, status: "late", current };
    }
    if (isNewer) {
      this.kept.set(item, sent);
      return { item, seq, status: "saved", current: null };
    }
    const isReplay = sent.value === kept.value && (seq === kept.seq || this.locked.has(item));
    return isReplay ? { item, seq, status: "saved", current: null } : { item, seq, status: "superseded", current };
  }
}

export interface Weather {
  /** What becomes of a request: heard and answered, lost on the way, answered but the answer lost, or delivered again later. */
  fate: () => "fine" | "lost" | "answer-lost" | "twice";
  delayMs: () => number;
}

/** A network between one browser and the server. A request delivered twice comes the second time after later ones. */
export function network(server: FakeServer, weather: Weather): Send {
  return async (answers) => {
    const fate = weather.fate();
    const copy = answers.map((answer) => ({ ...answer }));
    await sleep(weather.delayMs());
    if (fate === "lost") return { kind: "unreachable", waitMs: 0 };
    const acknowledged = server.put(copy);
    if (fate === "twice") setTimeout(() => server.put(copy), weather.delayMs() * 5);
    await sleep(weather.delayMs());
    const reply: Reply = { kind: "acknowledged", acknowledged, serverTime: "2026-11-24T02:32:05Z" };
    return fate === "answer-lost" ? { kind: "unreachable", waitMs: 0 } : reply;
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
