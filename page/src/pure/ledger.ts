/** Who holds which place on a day, stepped through in the browser. */
import type { LedgerChanges } from "../api/types";
import { EARLIEST, LATEST, mercatorX, mercatorY } from "./columns";

export interface Ledger {
  changes: LedgerChanges; x: Float64Array; y: Float64Array; first: Int32Array; last: Int32Array;
  rank: Map<number, number>; byPoint: Map<string, number>;
}
export interface Hold { holder: number; standing: string }

export function ledgerOf(changes: LedgerChanges): Ledger {
  const uses = new Map<number, number>();
  for (const holder of changes.holder) uses.set(holder, (uses.get(holder) ?? 0) + 1);
  // Who goes by no name ("rebels") is another in another place, and gets no colour of its own.
  const order = [...uses].filter(([holder]) => changes.holders[holder]!.known).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const byPoint = new Map<string, number>();
  const x = Float64Array.from(changes.places, (place) => (place.lon === null ? NaN : mercatorX(place.lon)));
  const y = Float64Array.from(changes.places, (place) => (place.lat === null ? NaN : mercatorY(place.lat)));
  x.forEach((value, n) => { if (!Number.isNaN(value)) byPoint.set(pointKey(value, y[n]!), n); });
  return {
    changes, x, y, byPoint, rank: new Map(order.map(([holder], n) => [holder, n])),
    first: Int32Array.from(changes.first, (day) => day ?? EARLIEST), last: Int32Array.from(changes.last, (day) => day ?? LATEST),
  };
}

/** By what an incident's point is found among the ledger's places. */
export const pointKey = (x: number, y: number): string => `${x.toFixed(7)} ${y.toFixed(7)}`;

/** For each place that somebody holds on this day, the holders; two of them are rivals. */
export function heldOn(ledger: Ledger, day: number): Map<number, Hold[]> {
  const { place, holder, standing, standings } = ledger.changes;
  const held = new Map<number, Hold[]>();
  for (let n = 0; n < place.length; n++) {
    if (ledger.first[n]! > day || ledger.last[n]! < day) continue;
    const hold = { holder: holder[n]!, standing: standings[standing[n]!] ?? "reported" };
    const there = held.get(place[n]!);
    if (!there) held.set(place[n]!, [hold]);
    else if (!there.some((other) => other.holder === hold.holder)) there.push(hold);
  }
  return held;
}
