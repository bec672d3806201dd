import type { Analysis, Point } from "../types";

/** Everything in the tree, top first, with how deep it stands (from 1). */
export function flat(points: readonly Point[], level = 1): { point: Point; level: number }[] {
  return points.flatMap((point) => [{ point, level }, ...flat(point.children, level + 1)]);
}

export function depthOf(points: readonly Point[]): number {
  return Math.max(0, ...flat(points).map(({ level }) => level));
}

export function pointOf(points: readonly Point[], key: string): Point | null {
  return flat(points).find(({ point }) => point.key === key)?.point ?? null;
}

/** The tree with one point changed. A weight is shared out among what is below it, so that a point is always the sum of its children. */
export function withPoint(analysis: Analysis, key: string, change: Partial<Point>): Analysis {
  const next = replaced(analysis.points, key, (point) => {
    const whole = { ...point, ...change };
    return change.weight === undefined ? whole : weighed(whole, change.weight);
  });
  return { ...analysis, points: change.weight === undefined ? next : next.map(summed) };
}

export function withoutPoint(analysis: Analysis, key: string): Analysis {
  return { ...analysis, points: without(analysis.points, key).map(summed) };
}

/** Top weights brought back to a whole, in their proportions. */
export function balanced(analysis: Analysis): Analysis {
  const sum = sumOf(analysis.points);
  if (sum === 0) return analysis;
  return { ...analysis, points: analysis.points.map((point) => weighed(point, point.weight / sum)) };
}

export function sumOf(points: readonly Pick<Point, "weight">[]): number {
  return points.reduce((sum, point) => sum + point.weight, 0);
}

/** As exact as a person types: a tenth of a per cent. */
export function isWhole(analysis: Analysis): boolean {
  return Math.abs(sumOf(analysis.points) - 1) < 0.0005;
}

function replaced(points: readonly Point[], key: string, by: (point: Point) => Point): Point[] {
  return points.map((point) =>
    point.key === key ? by(point) : { ...point, children: replaced(point.children, key, by) },
  );
}

function without(points: readonly Point[], key: string): Point[] {
  return points
    .filter((point) => point.key !== key)
    .map((point) => ({ ...point, children: without(point.children, key) }));
}

function weighed(point: Point, weight: number): Point {
  const sum = sumOf(point.children);
  const share = (child: Point) => (sum > 0 ? child.weight / sum : 1 / point.children.length);
  return { ...point, weight, children: point.children.map((child) => weighed(child, weight * share(child))) };
}

function summed(point: Point): Point {
  if (point.children.length === 0) return point;
  const children = point.children.map(summed);
  return { ...point, children, weight: sumOf(children) };
}
