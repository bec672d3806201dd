import { act } from "@testing-library/react";

/** Stands in for the browser's EventSource, which jsdom lacks: `vi.stubGlobal("EventSource", Stream)` after `Stream.opened = []`. */
export class Stream {
  static opened: Stream[] = [];
  static get last(): Stream | undefined {
    return Stream.opened.at(-1);
  }
  readonly CLOSED = 2;
  readyState = 1;
  onmessage: ((event: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly url: string) {
    Stream.opened.push(this);
  }
  tells(what: unknown) {
    act(() => this.onmessage?.({ data: JSON.stringify(what) }));
  }
  breaks(isClosed = false) {
    if (isClosed) this.readyState = this.CLOSED;
    act(() => this.onerror?.());
  }
  close() {
    this.readyState = this.CLOSED;
  }
}
