/** Where scores lie on the bar: reports are issued from 220, the highest is 710. Per cent of the bar's width. */
const LOWEST = 220;
const HIGHEST = 710;

export const PASS_LINE = 425;

export function placeOf(score: number, lowest = LOWEST, highest = HIGHEST): number {
  return (100 * (Math.min(highest, Math.max(lowest, score)) - lowest)) / (highest - lowest);
}
