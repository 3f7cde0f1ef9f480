import { describe, expect, it } from "vitest";
import type { LedgerChanges, Points } from "../src/api/types";
import { apart, draw, placesOf, type Spot, type Scene, type Sight } from "../src/map/overlay";
import { holderColour } from "../src/pure/colours";
import { columnsOf } from "../src/pure/columns";
import { heldOn, ledgerOf } from "../src/pure/ledger";

type Call = [name: string, ...rest: unknown[]];

/** A pen that keeps what it was told to draw. */
function pen(): { calls: Call[]; pen: CanvasRenderingContext2D } {
  const calls: Call[] = [];
  const state: Record<string, unknown> = {};
  const made = new Proxy({}, {
    get: (_, name: string) => name === "measureText" ? (text: string) => ({ width: text.length * 6 }) : name in state ? state[name] : (...rest: unknown[]) => void calls.push([name, ...rest, state.fillStyle, state.strokeStyle]),
    set: (_, name: string, value) => ((state[name] = value), true),
  });
  return { calls, pen: made as CanvasRenderingContext2D };
}

function points(spots: readonly (readonly [number, number, number])[]): Points {
  const each = <T>(value: T): T[] => spots.map(() => value);
  return {
    revision: "r", count: spots.length, types: ["shelling"], statuses: ["uncontested"], event_statuses: ["occurred"], event_status: each(0), id: spots.map((_, n) => `incident:${n + 1}/v1`), type: each(0), status: each(0),
    lat: spots.map((spot) => spot[0]), lon: spots.map((spot) => spot[1]), radius_km: spots.map((spot) => spot[2]), first: each(17000), last: each(17000), independent: each(1),
    reports: each(1), confidence: each(90), reviewed: each(0), killed: each(null), place: each(null), ledger: "x",
  } as unknown as Points;
}

const ledger = (rows: readonly (readonly [place: number, holder: number, standing: number])[]) => ledgerOf({
  revision: "l", count: rows.length, standings: ["confirmed", "claimed", "contested"],
  places: [0, 1, 2].map((n) => ({ key: `geonames:${n}`, name: `Town ${n}`, lat: 10 * n, lon: 10 * n })), holders: [0, 1].map((n) => ({ key: `actor:${n}`, name: `Side ${n}`, known: true })),
  place: rows.map((row) => row[0]), holder: rows.map((row) => row[1]), standing: rows.map((row) => row[2]), first: rows.map(() => 16000), last: rows.map(() => null),
} as unknown as LedgerChanges);

const SIGHT: Sight = { x: 0.4, y: 0.3, scale: 4000, zoom: 3, width: 1200, height: 900 };

function drawn(rows: readonly (readonly [number, number, number])[], spots: readonly (readonly [number, number, number])[] = []) {
  const told = ledger(rows);
  const given = points(spots);
  const columns = columnsOf(given);
  const scene: Scene = { columns, rows: Uint32Array.from(spots, (_, n) => n), ledger: told, held: heldOn(told, 17000), labels: [], dark: false, chosen: null, placeOf: placesOf(columns, told, given) };
  const { calls, pen: ink } = pen();
  const hits = draw(ink, scene, SIGHT);
  return { calls, hits, colour: (holder: number) => holderColour(told.rank.get(holder), false) };
}

describe("what the map draws", () => {
  it("fills a place that is held, in the colour of who holds it", () => {
    const { calls, colour, hits } = drawn([[0, 0, 0]]);
    expect(calls.filter((call) => call[0] === "fillRect").map((call) => [call[3], call[5]])).toEqual([[14, colour(0)]]);
    expect(hits.map((hit) => hit.title)).toEqual(["Town 0: Side 0 (confirmed)"]);
  });
  it("hatches a place that is only claimed", () => {
    const { calls, colour } = drawn([[0, 0, 1]]);
    expect(calls.filter((call) => call[0] === "fillRect")).toEqual([]);
    expect(calls.filter((call) => call[0] === "moveTo").length).toBeGreaterThan(5);
    expect(calls.some((call) => call[0] === "stroke" && call[2] === colour(0))).toBe(true);
  });
  it("splits a place that is contested between those who say they hold it", () => {
    const { calls, colour, hits } = drawn([[0, 0, 2], [0, 1, 2]]);
    expect(calls.filter((call) => call[0] === "fillRect").map((call) => [call[3], call[5]])).toEqual([[7, colour(0)], [7, colour(1)]]);
    expect(colour(0)).not.toBe(colour(1));
    expect(hits[0]!.title).toBe("Town 0: Side 0 (contested) against Side 1 (contested)");
  });
  it("draws a dashed ring as wide as a place may be off, and none where it is exact", () => {
    const ring = (radius: number): unknown[] => {
      const { calls } = drawn([], [[5, 5, radius]]);
      const dashed = calls.findIndex((call) => call[0] === "setLineDash" && (call[1] as number[]).length > 0);
      return dashed < 0 ? [] : [(calls.slice(0, dashed).findLast((call) => call[0] === "arc") as unknown as number[])[3]];
    };
    expect(ring(0)).toEqual([]);
    const [narrow] = ring(200) as number[];
    const [wide] = ring(400) as number[];
    expect(wide! / narrow!).toBeCloseTo(2, 5);
    expect(narrow!).toBeCloseTo((200 / 40_075) * SIGHT.scale, 0);
  });
});

describe("a cluster", () => {
  it("never lies on the count of another, and none is lost", () => {
    let state = 7;
    const chance = (most: number): number => (state = (state * 1103515245 + 12345) % 2147483648) % most;
    const spots: Spot[] = Array.from({ length: 900 }, (_, n) => {
      const count = 1 + chance(n % 3 ? 3 : 400);
      return { cluster: { x: n, y: n, row: n, count, groups: new Map([[n % 4, count]]), box: { west: n, north: n, east: n, south: n } }, x: chance(1200), y: chance(800), radius: count === 1 ? 5 : Math.min(26, 10 + 2.1 * Math.log2(count)) };
    });
    const found = apart(spots);
    const sum = (list: readonly Spot[]): number => list.reduce((all, one) => all + one.cluster.count, 0);
    expect(sum(found)).toBe(sum(spots));
    for (const one of found) expect([...one.cluster.groups.values()].reduce((a, b) => a + b, 0)).toBe(one.cluster.count);
    found.forEach((over, n) => {
      for (const under of found.slice(n + 1)) expect(Math.hypot(over.x - under.x, over.y - under.y)).toBeGreaterThanOrEqual(over.radius + (under.cluster.count === 1 ? 3 : 8));
    });
  });
  it("writes its count", () => {
    const { calls, hits } = drawn([], [[5, 5, 0], [5, 5, 0], [5, 5, 0]]);
    expect(hits.map((hit) => hit.title)).toEqual(["3 incidents"]);
    expect(calls.filter((call) => call[0] === "fillText").map((call) => call[1])).toEqual(["3"]);
  });
});
