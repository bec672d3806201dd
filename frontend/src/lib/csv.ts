import { saveAs } from "@/lib/files";

/** Cells that a spreadsheet would run as a formula are shown as text; the byte order mark tells Excel that this is UTF-8. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return "\uFEFF" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function download(name: string, text: string, type = "text/csv"): void {
  saveAs(name, new Blob([text], { type: `${type};charset=utf-8` }));
}
