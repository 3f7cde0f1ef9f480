/** Points that would hide one another are drawn as one with its count; the grid hangs on the world, so panning never reshuffles it. */
import type { Columns, Frame } from "./columns";

export interface Cluster { x: number; y: number; count: number; row: number; groups: Map<number, number>; box: Frame }

/** So near that the points of a cluster show apart, if they ever do. */
export const NEAREST = 12;

/** The frame that holds both. */
export const around = (a: Frame, b: Frame): Frame => ({
  west: Math.min(a.west, b.west), north: Math.min(a.north, b.north), east: Math.max(a.east, b.east), south: Math.max(a.south, b.south),
});

/** How wide the cluster lies at a zoom, in pixels. */
export const across = ({ box }: Cluster, zoom: number): number => Math.max(box.east - box.west, box.south - box.north) * 512 * 2 ** zoom;

/** Clusters of the rows at a zoom; ``group`` says by what a cluster's ring is split. */
export function clustersOf(columns: Columns, rows: Uint32Array, zoom: number, cell: number, group: (row: number) => number): Cluster[] {
  const cells = (512 * 2 ** (Math.floor(zoom * 2) / 2)) / cell;
  const found = new Map<number, Cluster>();
  for (const row of rows) {
    const x = columns.x[row]!;
    if (Number.isNaN(x)) continue;
    const y = columns.y[row]!;
    const key = Math.floor(x * cells) * 67_108_864 + Math.floor(y * cells);
    const of = group(row);
    const there = found.get(key);
    if (!there) {
      found.set(key, { x, y, count: 1, row, groups: new Map([[of, 1]]), box: { west: x, north: y, east: x, south: y } });
      continue;
    }
    there.count++;
    there.x += (x - there.x) / there.count;
    there.y += (y - there.y) / there.count;
    there.box = around(there.box, { west: x, north: y, east: x, south: y });
    there.groups.set(of, (there.groups.get(of) ?? 0) + 1);
  }
  return [...found.values()];
}

/** A count as it fits a small circle: 999, 1.2k, 50k. */
export function shortCount(count: number): string {
  if (count < 1000) return String(count);
  return count < 10_000 ? `${(Math.floor(count / 100) / 10).toString()}k` : `${Math.floor(count / 1000)}k`;
}
