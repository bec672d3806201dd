/** Amounts travel as whole micro-yuan and are typed and read in yuan. */
const YUAN = 1_000_000;

/** A typed amount: "1.5" is one yuan and a half. At most six decimals, since a micro-yuan is the smallest. */
export const amountShape = /^\d{1,6}(\.\d{1,6})?$/;

export function toYuan(micro: number): string {
  return String(micro / YUAN);
}

export function toMicro(yuan: string): number {
  return Math.round(Number(yuan) * YUAN);
}

/** For reading: small amounts keep the figures that make them differ from nothing. */
export function yuan(micro: number): string {
  const value = micro / YUAN;
  const decimals = value === 0 || value >= 1 ? 2 : value >= 0.01 ? 4 : 6;
  return `¥${value.toFixed(decimals)}`;
}
