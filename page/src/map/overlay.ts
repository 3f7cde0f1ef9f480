/** Draws towns, incidents and their counts on a canvas above the map; letters come from the machine's own fonts, so every script is there. */
import type { Label, Points } from "../api/types";
import { Cluster, around, clustersOf, shortCount } from "../pure/cluster";
import { holderColour } from "../pure/colours";
import type { Columns } from "../pure/columns";
import { mercatorX, mercatorY } from "../pure/columns";
import { Hold, Ledger, pointKey } from "../pure/ledger";

export interface Scene {
  columns: Columns; rows: Uint32Array; ledger: Ledger | null; held: Map<number, Hold[]>; labels: Label[]; dark: boolean; chosen: number | null;
  placeOf: Int32Array;
}
export interface Sight { x: number; y: number; scale: number; zoom: number; width: number; height: number }
export interface Hit { x: number; y: number; radius: number; cluster: Cluster | null; place: number | null; title: string }

const NOBODY = -1;
const NONE: readonly Spot[] = [];
export const CELL = 46;

/** For each incident the ledger's place: as the server tells it for the same ledger, else by its point; -1 where there is none. */
export function placesOf(columns: Columns, ledger: Ledger, points: Points): Int32Array {
  if (points.place && points.ledger === ledger.changes.revision) return Int32Array.from(points.place, (place) => place ?? -1);
  const found = new Int32Array(columns.count).fill(-1);
  for (let row = 0; row < columns.count; row++) {
    if (!Number.isNaN(columns.x[row]!)) found[row] = ledger.byPoint.get(pointKey(columns.x[row]!, columns.y[row]!)) ?? -1;
  }
  return found;
}

/** Draws the scene; gives what can be pointed at, topmost last. */
export function draw(pen: CanvasRenderingContext2D, scene: Scene, sight: Sight): Hit[] {
  pen.clearRect(0, 0, sight.width, sight.height);
  const hits: Hit[] = [];
  const taken: Box[] = [];
  const clusters = clustersOf(scene.columns, scene.rows, sight.zoom, CELL, (row) => groupOf(scene, row));
  const spots = apart(clusters.map((cluster) => spotOf(scene, sight, cluster)).filter((spot) => !outside(sight, spot.x, spot.y, EDGE)));
  for (const { cluster } of spots) if (cluster.count === 1) drawDoubt(pen, scene, sight, cluster);
  drawTowns(pen, scene, sight, hits, taken);
  for (const spot of spots.reverse()) drawSpot(pen, scene, sight, spot, hits, taken);
  drawTownNames(pen, scene, sight, taken);
  drawLabels(pen, scene, sight, taken);
  return hits;
}

function groupOf(scene: Scene, row: number): number {
  const place = scene.placeOf[row]!;
  if (place < 0) return NOBODY;
  const holds = scene.held.get(place);
  return holds?.length === 1 ? holds[0]!.holder : NOBODY;
}

const left = (sight: Sight, x: number): number => (x - sight.x) * sight.scale;
const top = (sight: Sight, y: number): number => (y - sight.y) * sight.scale;
const outside = (sight: Sight, x: number, y: number, by: number): boolean => x < -by || y < -by || x > sight.width + by || y > sight.height + by;

/** A ring as wide as the place is uncertain. */
function drawDoubt(pen: CanvasRenderingContext2D, scene: Scene, sight: Sight, cluster: Cluster): void {
  const kilometres = scene.columns.radius[cluster.row]!;
  const across = Math.cosh(Math.PI * (1 - 2 * cluster.y));
  const radius = ((kilometres * across) / 40_075) * sight.scale;
  const x = left(sight, cluster.x);
  const y = top(sight, cluster.y);
  if (radius < 12 || radius > 900 || outside(sight, x, y, radius)) return;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = scene.dark ? "rgba(200,210,220,.05)" : "rgba(70,80,95,.05)";
  pen.fill();
  pen.setLineDash([3, 4]);
  pen.strokeStyle = scene.dark ? "rgba(200,210,220,.45)" : "rgba(70,80,95,.4)";
  pen.lineWidth = 1;
  pen.stroke();
  pen.setLineDash([]);
}

function colourOf(scene: Scene, holder: number): string {
  return holderColour(scene.ledger?.rank.get(holder), scene.dark);
}

/** Half of a town's square; smaller where very many of them would lie on one another. */
const townSize = (scene: Scene, sight: Sight): number => (scene.held.size > 400 && sight.zoom < 6 ? 3 : 7);

function drawTowns(pen: CanvasRenderingContext2D, scene: Scene, sight: Sight, hits: Hit[], taken: Box[]): void {
  const { ledger } = scene;
  if (!ledger) return;
  const half = townSize(scene, sight);
  for (const [place, holds] of scene.held) {
    const x = left(sight, ledger.x[place]!);
    const y = top(sight, ledger.y[place]!);
    if (Number.isNaN(x) || outside(sight, x, y, 20)) continue;
    drawTown(pen, scene, x, y, holds, half);
    const who = holds.map((hold) => `${ledger.changes.holders[hold.holder]!.name} (${hold.standing})`).join(" against ");
    hits.push({ x, y, radius: half + 4, cluster: null, place, title: `${ledger.changes.places[place]!.name}: ${who}` });
    taken.push({ x: x - half, y: y - half, w: 2 * half, h: 2 * half });
  }
}

/** A town as a square: one colour held, hatched claimed, split contested. */
function drawTown(pen: CanvasRenderingContext2D, scene: Scene, x: number, y: number, holds: Hold[], half: number): void {
  pen.save();
  pen.beginPath();
  pen.roundRect(x - half, y - half, 2 * half, 2 * half, half / 2.4);
  pen.fillStyle = scene.dark ? "#12171d" : "#ffffff";
  pen.fill();
  pen.lineWidth = half < 5 ? 0.6 : 1.5;
  pen.strokeStyle = scene.dark ? "#e8ecf0" : "#27303a";
  pen.stroke();
  pen.clip();
  const width = (2 * half) / holds.length;
  holds.forEach((hold, n) => {
    pen.fillStyle = colourOf(scene, hold.holder);
    const from = x - half + n * width;
    if (hold.standing === "confirmed" || hold.standing === "reported" || hold.standing === "contested") pen.fillRect(from, y - half, width, 2 * half);
    else hatch(pen, from, y, width, half, pen.fillStyle);
  });
  pen.restore();
}

function hatch(pen: CanvasRenderingContext2D, from: number, y: number, width: number, half: number, colour: string | CanvasGradient | CanvasPattern): void {
  pen.save();
  pen.beginPath();
  pen.rect(from, y - half, width, 2 * half);
  pen.clip();
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  for (let at = -4 * half; at < 4 * half; at += 4) {
    pen.moveTo(from + at, y + half);
    pen.lineTo(from + at + 2 * half, y - half);
  }
  pen.stroke();
  pen.restore();
}

/** Where a cluster is drawn, and how large. */
export interface Spot { cluster: Cluster; x: number; y: number; radius: number }

/** So far beyond the edge clusters are looked at still, so that a step to the side does not part them otherwise. */
const EDGE = 120;
const radiusOf = (count: number): number => (count === 1 ? 5 : Math.min(26, 10 + 2.1 * Math.log2(count)));

function spotOf(scene: Scene, sight: Sight, cluster: Cluster): Spot {
  const radius = radiusOf(cluster.count);
  // Where a town's square stands, its incidents sit at the corner, so that neither hides the other.
  const beside = scene.placeOf[cluster.row]! >= 0 && scene.held.has(scene.placeOf[cluster.row]!) ? townSize(scene, sight) + radius * 0.6 : 0;
  return { cluster, radius, x: left(sight, cluster.x) + beside, y: top(sight, cluster.y) - beside };
}

/** So near to the middle of a circle another one's count (a single one itself) would lie under it. */
const reach = (over: Spot, under: Spot): number => over.radius + (under.cluster.count === 1 ? 3 : 5 + 3.5 * shortCount(under.cluster.count).length);

/** Clusters of which one would hide the other's count become one; the largest first. */
export function apart(spots: readonly Spot[]): Spot[] {
  let kept = [...spots];
  for (let turn = 0; turn < 8; turn++) {
    kept.sort((a, b) => b.cluster.count - a.cluster.count);
    const cells = new Map<number, Spot[]>();
    const found: Spot[] = [];
    for (const spot of kept) {
      const cell = Math.floor(spot.x / 64) * 65_536 + Math.floor(spot.y / 64);
      const over = hiding(cells, cell, spot);
      if (over) {
        over.cluster = united(over.cluster, spot.cluster);
        over.radius = radiusOf(over.cluster.count);
        continue;
      }
      const own = { ...spot };
      found.push(own);
      const there = cells.get(cell);
      if (there) there.push(own);
      else cells.set(cell, [own]);
    }
    if (found.length === kept.length) return found;
    kept = found;
  }
  return kept;
}

/** The circle that would hide this one's count: of those in its cell or a neighbouring one. */
function hiding(cells: ReadonlyMap<number, Spot[]>, cell: number, spot: Spot): Spot | undefined {
  for (let column = -65_536; column <= 65_536; column += 65_536) {
    for (let row = -1; row <= 1; row++) {
      for (const other of cells.get(cell + column + row) ?? NONE) if (Math.hypot(other.x - spot.x, other.y - spot.y) < reach(other, spot)) return other;
    }
  }
  return undefined;
}

function united(a: Cluster, b: Cluster): Cluster {
  const count = a.count + b.count;
  const groups = new Map(a.groups);
  for (const [holder, more] of b.groups) groups.set(holder, (groups.get(holder) ?? 0) + more);
  return { row: a.row, count, groups, box: around(a.box, b.box), x: a.x + ((b.x - a.x) * b.count) / count, y: a.y + ((b.y - a.y) * b.count) / count };
}

function drawSpot(pen: CanvasRenderingContext2D, scene: Scene, sight: Sight, { cluster, x, y, radius }: Spot, hits: Hit[], taken: Box[]): void {
  const single = cluster.count === 1;
  if (outside(sight, x, y, 30)) return;
  const chosen = scene.chosen === cluster.row && single;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = single ? fillOf(scene, cluster) : scene.dark ? "#1b232c" : "#ffffff";
  pen.fill();
  pen.lineWidth = chosen ? 3 : 1.2;
  pen.strokeStyle = scene.dark ? "#0d1116" : "#ffffff";
  if (single) pen.stroke();
  else drawRing(pen, scene, cluster, x, y, radius);
  if (!single) drawCount(pen, scene, cluster, x, y, radius);
  hits.push({ x, y, radius: radius + 3, cluster, place: null, title: single ? "1 incident" : `${cluster.count.toLocaleString("en")} incidents` });
  taken.push({ x: x - radius, y: y - radius, w: 2 * radius, h: 2 * radius });
}

function fillOf(scene: Scene, cluster: Cluster): string {
  const holder = [...cluster.groups.keys()][0]!;
  return holder === NOBODY ? (scene.dark ? "#aeb8c4" : "#4a5560") : colourOf(scene, holder);
}

function drawRing(pen: CanvasRenderingContext2D, scene: Scene, cluster: Cluster, x: number, y: number, radius: number): void {
  let from = -Math.PI / 2;
  pen.lineWidth = 3.5;
  for (const [holder, count] of [...cluster.groups].sort((a, b) => b[1] - a[1])) {
    const to = from + (2 * Math.PI * count) / cluster.count;
    pen.beginPath();
    pen.arc(x, y, radius - 1.5, from, to);
    pen.strokeStyle = holder === NOBODY ? (scene.dark ? "#8793a0" : "#6b7682") : colourOf(scene, holder);
    pen.stroke();
    from = to;
  }
}

function drawCount(pen: CanvasRenderingContext2D, scene: Scene, cluster: Cluster, x: number, y: number, radius: number): void {
  pen.fillStyle = scene.dark ? "#eef2f6" : "#1b232c";
  pen.font = `600 ${radius > 16 ? 12 : 11}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(shortCount(cluster.count), x, y + 0.5);
}

interface Box { x: number; y: number; w: number; h: number }
const free = (taken: Box[], box: Box): boolean => !taken.some((other) => box.x < other.x + other.w && box.x + box.w > other.x && box.y < other.y + other.h && box.y + box.h > other.y);

function drawTownNames(pen: CanvasRenderingContext2D, scene: Scene, sight: Sight, taken: Box[]): void {
  const { ledger } = scene;
  if (!ledger) return;
  for (const place of scene.held.keys()) {
    const x = left(sight, ledger.x[place]!);
    const y = top(sight, ledger.y[place]!);
    if (!Number.isNaN(x)) writeName(pen, scene, taken, ledger.changes.places[place]!.name, x, y + townSize(scene, sight) + 3, true);
  }
}

/** Towns for orientation, the largest first, where there is room. */
function drawLabels(pen: CanvasRenderingContext2D, scene: Scene, sight: Sight, taken: Box[]): void {
  for (const label of scene.labels) {
    const x = left(sight, mercatorX(label.lon));
    const y = top(sight, mercatorY(label.lat));
    if (outside(sight, x, y, 0)) continue;
    if (!writeName(pen, scene, taken, label.name, x, y + 4, false)) continue;
    pen.beginPath();
    pen.arc(x, y, 1.8, 0, 2 * Math.PI);
    pen.fillStyle = scene.dark ? "#8793a0" : "#7a838c";
    pen.fill();
  }
}

function writeName(pen: CanvasRenderingContext2D, scene: Scene, taken: Box[], name: string, x: number, y: number, strong: boolean): boolean {
  pen.font = `${strong ? "600 12px" : "11px"} system-ui, sans-serif`;
  const wide = pen.measureText(name).width;
  const box = { x: x - wide / 2 - 2, y, w: wide + 4, h: 14 };
  if (!free(taken, box)) return false;
  taken.push(box);
  pen.textAlign = "center";
  pen.textBaseline = "top";
  pen.lineWidth = 3;
  pen.lineJoin = "round";
  pen.strokeStyle = scene.dark ? "rgba(23,29,36,.9)" : "rgba(250,249,246,.92)";
  pen.strokeText(name, x, y);
  pen.fillStyle = strong ? (scene.dark ? "#f0f3f6" : "#1b232c") : scene.dark ? "#9aa6b2" : "#626c76";
  pen.fillText(name, x, y);
  return true;
}
