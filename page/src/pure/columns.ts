/** Incidents in columns, filtered in the browser: 50,000 of them in a few milliseconds. */
import type { Points } from "../api/types";

export const EARLIEST = -2_000_000;
export const LATEST = 2_000_000;

export interface Columns {
  revision: string; count: number; types: string[]; statuses: string[]; id: string[];
  x: Float64Array; y: Float64Array; radius: Float32Array; first: Int32Array; last: Int32Array;
  type: Uint16Array; status: Uint8Array; independent: Uint16Array; reports: Uint16Array; confidence: Uint8Array; reviewed: Uint8Array;
}

/** Latitude as Mercator's y, 0 at the top and 1 at the bottom of the world. */
export function mercatorY(lat: number): number {
  const bound = Math.max(-85.05, Math.min(85.05, lat));
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (bound * Math.PI) / 360)) / (2 * Math.PI);
}
export const mercatorX = (lon: number): number => lon / 360 + 0.5;

/** Columns as typed arrays; a place that is unknown is NaN, an open day lies at the end of time. */
export function columnsOf(points: Points): Columns {
  const whole = (values: (number | null)[], open: number): Int32Array => Int32Array.from(values, (value) => value ?? open);
  return {
    revision: points.revision, count: points.count, types: points.types, statuses: points.statuses, id: points.id,
    x: Float64Array.from(points.lon, (lon) => (lon === null ? NaN : mercatorX(lon))),
    y: Float64Array.from(points.lat, (lat) => (lat === null ? NaN : mercatorY(lat))),
    radius: Float32Array.from(points.radius_km, (radius) => radius ?? 0),
    first: whole(points.first, EARLIEST), last: whole(points.last, LATEST),
    type: Uint16Array.from(points.type), status: Uint8Array.from(points.status),
    independent: Uint16Array.from(points.independent), reports: Uint16Array.from(points.reports),
    confidence: Uint8Array.from(points.confidence), reviewed: Uint8Array.from(points.reviewed),
  };
}

export interface Frame { west: number; north: number; east: number; south: number }
export interface Wanted {
  types: string[]; statuses: string[]; since: number; until: number; independent: number; reports: number; confidence: number;
  reviewed: boolean | null; placed: boolean | null; rows: readonly number[] | null; frame: Frame | null;
}

/** The rows that hold what is wanted, days aside. */
export function rowsThatHold(columns: Columns, wanted: Wanted): Uint32Array {
  const found = new Uint32Array(wanted.rows ? wanted.rows.length : columns.count);
  const types = wanted.types.length ? columns.types.map((type) => wanted.types.includes(type)) : null;
  const statuses = wanted.statuses.length ? columns.statuses.map((status) => wanted.statuses.includes(status)) : null;
  const confidence = Math.round(wanted.confidence * 100);
  const among = wanted.rows;
  const many = among ? among.length : columns.count;
  let count = 0;
  for (let n = 0; n < many; n++) {
    const row = among ? among[n]! : n;
    if (types && !types[columns.type[row]!]) continue;
    if (statuses && !statuses[columns.status[row]!]) continue;
    if (columns.independent[row]! < wanted.independent || columns.reports[row]! < wanted.reports || columns.confidence[row]! < confidence) continue;
    if (wanted.reviewed !== null && (columns.reviewed[row] === 1) !== wanted.reviewed) continue;
    if (wanted.placed !== null && Number.isNaN(columns.x[row]!) === wanted.placed) continue;
    found[count++] = row;
  }
  return found.slice(0, count);
}

/** Of these rows, those whose days may lie between two days; as on the server, an interval with one open side counts at the side that is known, one without any day not at all. Between two days of which the first is later lies none. */
export function rowsBetween(columns: Columns, rows: Uint32Array, since: number, until: number): Uint32Array {
  if (since <= EARLIEST && until >= LATEST) return rows;
  if (since > until) return new Uint32Array(0);
  const found = new Uint32Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const first = columns.first[row]!;
    const last = columns.last[row]!;
    const low = first === EARLIEST ? last : first;
    const high = last === LATEST ? first : last;
    const after = since <= EARLIEST || (high >= since && high !== EARLIEST);
    const before = until >= LATEST || (low <= until && low !== LATEST);
    if (after && before) found[count++] = row;
  }
  return found.slice(0, count);
}

/** Of these rows, those that lie in a frame of the map. */
export function rowsInside(columns: Columns, rows: Uint32Array, frame: Frame): Uint32Array {
  const found = new Uint32Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const x = columns.x[row]!;
    const y = columns.y[row]!;
    if (x >= frame.west && x <= frame.east && y >= frame.north && y <= frame.south) found[count++] = row;
  }
  return found.slice(0, count);
}

export interface Histogram { first: number; width: number; sure: Float32Array; may: Float32Array; undated: number; most: number }

/** Incidents over days: wholly inside a bin counts there as sure; the others are spread evenly over the bins in which they may lie. */
export function histogram(columns: Columns, rows: Uint32Array, from: number, to: number, bins: number): Histogram {
  const width = Math.max(1, Math.ceil((to - from + 1) / bins));
  const count = Math.ceil((to - from + 1) / width);
  const sure = new Float32Array(count);
  const slope = new Float32Array(count + 1);
  let undated = 0;
  for (const row of rows) {
    const first = columns.first[row]!;
    const last = columns.last[row]!;
    if (first === EARLIEST && last === LATEST) undated++;
    if (last < from || first > to || (first === EARLIEST && last === LATEST)) continue;
    const low = Math.floor((Math.max(first, from) - from) / width);
    const high = Math.floor((Math.min(last, to) - from) / width);
    if (low === high && first >= from && last <= to) sure[low]!++;
    else {
      const share = 1 / (high - low + 1);
      slope[low]! += share;
      slope[high + 1]! -= share;
    }
  }
  const may = new Float32Array(count);
  let most = 0;
  for (let n = 0, at = 0; n < count; n++) {
    at += slope[n]!;
    may[n] = Math.max(0, at);
    most = Math.max(most, sure[n]! + may[n]!);
  }
  return { first: from, width, sure, may, undated, most };
}

/** The first and last day that anything of the columns names. */
export function daysOf(columns: Columns): [number, number] | null {
  let low = LATEST;
  let high = EARLIEST;
  for (let row = 0; row < columns.count; row++) {
    const first = columns.first[row]!;
    const last = columns.last[row]!;
    if (first !== EARLIEST) { low = Math.min(low, first); high = Math.max(high, first); }
    if (last !== LATEST) { high = Math.max(high, last); low = Math.min(low, last); }
  }
  return low > high ? null : [low, high];
}
