/** Hands a file to the browser, which keeps it where the person keeps downloads. */
export function saveAs(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** The name that the server gave a file: `attachment; filename*=utf-8''…` or `filename="…"`. */
export function nameOf(disposition: string | null, otherwise: string): string {
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  const plain = /filename="((?:[^"\\]|\\.)*)"/i.exec(disposition ?? "")?.[1]?.replace(/\\(.)/g, "$1");
  try {
    return (encoded && decodeURIComponent(encoded)) || plain || otherwise;
  } catch {
    // Not percent-encoded after all: the file is worth more than its name.
    return plain || otherwise;
  }
}
