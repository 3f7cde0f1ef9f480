import { describe, expect, it } from "vitest";
import type { LedgerChanges, Points } from "../src/api/types";
import { isTurned, wantedOf } from "../src/filter";
import { clustersOf, shortCount } from "../src/pure/cluster";
import { columnsOf, daysOf, histogram, rowsBetween, rowsInside, rowsThatHold } from "../src/pure/columns";
import { dayNumber } from "../src/pure/days";
import { heldOn, ledgerOf } from "../src/pure/ledger";
import { href, parseHash, withValues } from "../src/route";

function points(rows: [number | null, number | null, number | null, number | null, string][]): Points {
  const types = [...new Set(rows.map((row) => row[4]))];
  const same = <T>(value: T): T[] => rows.map(() => value);
  return {
    revision: "r", count: rows.length, types, statuses: ["claimed"], event_statuses: ["occurred"], id: rows.map((_, n) => `${n}/v1`),
    lat: rows.map((row) => row[0]), lon: rows.map((row) => row[1]), radius_km: same(null), first: rows.map((row) => row[2]), last: rows.map((row) => row[3]),
    type: rows.map((row) => types.indexOf(row[4])), status: same(0), event_status: same(0), reports: same(1), independent: same(1), confidence: same(80), reviewed: same(0),
  };
}
const COLUMNS = columnsOf(points([[35, 38, 100, 100, "siege"], [35, 38, 90, 120, "siege"], [36, 39, null, 95, "killing"], [null, null, null, null, "killing"]]));
const ALL = Uint32Array.from([0, 1, 2, 3]);
const wanted = (query: string, rows: number[] | null = null) => wantedOf(new URLSearchParams(query), rows, null);

describe("filters over columns", () => {
  it.each([["", 4], ["type=siege", 2], ["type=siege&type=killing", 4], ["status=denied", 0], ["least_confidence=0.8", 4], ["least_confidence=0.81", 0], ["placed=true", 3], ["placed=false", 1], ["reviewed=true", 0], ["least_reports=2", 0]])("%s", (query, count) =>
    expect(rowsThatHold(COLUMNS, wanted(query)).length).toBe(count));
  it("keeps to the rows the server found", () => expect([...rowsThatHold(COLUMNS, wanted("type=siege", [1, 2]))]).toEqual([1]));
  it.each([[100, 100, [0, 1]], [80, 89, []], [121, 999, []], [-9e6, 110, [0, 1, 2]], [96, 9e6, [0, 1]], [93, 96, [1, 2]], [-9e6, 9e6, [0, 1, 2, 3]], [110, 95, []]])("days %i to %i", (since, until, rows) => expect([...rowsBetween(COLUMNS, ALL, since, until)]).toEqual(rows));
  it.each([["since=2017-10-18&until=2014-01-12", true], ["since=2014-01-12&until=2017-10-18", false], ["since=2014-01-12&until=2014-01-12", false], ["since=2017-10-18", false], ["until=2014-01-12", false], ["since=x&until=2014-01-12", false]])(
    "days that are the wrong way round are known: %s", (query, turned) => expect(isTurned(new URLSearchParams(query))).toBe(turned));
  it("a frame holds what lies in it and never what has no place", () => expect([...rowsInside(COLUMNS, ALL, { west: 0, east: 1, north: 0, south: 1 })]).toEqual([0, 1, 2]));
  it("knows first and last day", () => expect(daysOf(COLUMNS)).toEqual([90, 120]));
  it("a time line loses no incident but names those without a day", () => {
    const bins = histogram(COLUMNS, ALL, 80, 130, 10);
    const sum = (values: Float32Array): number => values.reduce((all, value) => all + value, 0);
    expect(sum(bins.sure)).toBe(1);
    expect(sum(bins.may)).toBeCloseTo(2);
    expect(bins.undated).toBe(1);
  });
});

describe("clusters never hide a count", () => {
  const many = columnsOf(points(Array.from({ length: 5000 }, (_, n) => [30 + (n % 70) / 10, 35 + (n % 90) / 10, n, n, "siege"])));
  const rows = Uint32Array.from({ length: 5000 }, (_, n) => n);
  it.each([1, 4.3, 6, 9.8, 12])("at zoom %d", (zoom) => {
    const found = clustersOf(many, rows, zoom, 46, (row) => row % 3);
    expect(found.reduce((sum, one) => sum + one.count, 0)).toBe(5000);
    for (const one of found) expect([...one.groups.values()].reduce((sum, count) => sum + count, 0)).toBe(one.count);
  });
  it.each([[7, "7"], [999, "999"], [1250, "1.2k"], [9999, "9.9k"], [50_000, "50k"]])("%i is written %s", (count, words) => expect(shortCount(count)).toBe(words));
});

describe("the ledger on a day", () => {
  const changes: LedgerChanges = {
    revision: "r", count: 4, places: [{ key: "geonames:1", name: "Raqqa", relation: null, country: "SY", lat: 35.95, lon: 39, radius_km: null, span: null }],
    holders: [{ key: "a", name: "A", known: true }, { key: "b", name: "B", known: false }], standings: ["confirmed", "claimed"], place: [0, 0, 0, 0], holder: [0, 1, 0, 1], standing: [0, 1, 0, 0],
    first: [null, 100, 105, 110], last: [104, 109, 109, null],
  };
  const ledger = ledgerOf(changes);
  it.each([[50, "0 confirmed"], [100, "0 confirmed,1 claimed"], [107, "1 claimed,0 confirmed"], [110, "1 confirmed"], [9999, "1 confirmed"]])("day %i: %s", (day, words) =>
    expect((heldOn(ledger, day).get(0) ?? []).map((hold) => `${hold.holder} ${hold.standing}`).join()).toBe(words));
});

describe("addresses", () => {
  it("hold any key there and back", () => {
    for (const key of ["geonames:1", "place:a/b?c#d", "actor:الجيش %", "x&y=z"]) expect(parseHash(href(["place", key], { q: key }))).toMatchObject({ path: ["place", key] });
    expect(parseHash(href(["x"], { q: "a&b=c#d" })).query.get("q")).toBe("a&b=c#d");
  });
  it.each(["", "#", "#/", "#/%E0%A4%A/x", "#?a=b"])("a broken one %s is no fault", (hash) => expect(() => parseHash(hash)).not.toThrow());
  it("takes values away", () => expect(withValues(new URLSearchParams("a=1&b=2&b=3"), { a: null, b: ["4"] }).toString()).toBe("b=4"));
  it("a day that is none filters nothing", () => expect(wanted("since=2017-99-99").since).toBeLessThan(dayNumber("0001-01-01")));
});
