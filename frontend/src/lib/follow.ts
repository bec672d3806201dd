interface Hearing<Told> {
  onTold: (told: Told) => void;
  onLive: (isLive: boolean) => void;
}

const OPEN_AGAIN_MS = 15_000;

/** The browser reconnects a stream that breaks; one that is refused (a proxy, a full server) is opened again after a while. */
export function follow<Told>(url: string, { onTold, onLive }: Hearing<Told>): () => void {
  if (typeof EventSource === "undefined") return () => undefined;
  let stream: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const open = () => {
    const source = new EventSource(url);
    stream = source;
    source.onmessage = (event: MessageEvent<string>) => {
      onLive(true);
      onTold(JSON.parse(event.data) as Told);
    };
    source.onerror = () => {
      onLive(false);
      if (source.readyState === source.CLOSED) timer = setTimeout(open, OPEN_AGAIN_MS);
    };
  };
  open();
  return () => {
    stream?.close();
    if (timer !== null) clearTimeout(timer);
    onLive(false);
  };
}
