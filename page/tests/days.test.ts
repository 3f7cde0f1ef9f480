import { describe, expect, it } from "vitest";
import type { When } from "../src/api/types";
import { dayNumber, isDay, isoDay, ticks, whenWords } from "../src/pure/days";
import { rangeOf, scaleOf } from "../src/pure/ranges";

const when = (from: string | null, to: string | null, approximate = false): When => ({ from, to, precision: "day", approximate, basis: null, span: null });

describe("days", () => {
  it.each(["1970-01-01", "2016-02-29", "1948-05-14", "2100-12-31", "0079-08-24"])("%s there and back", (iso) => expect(isoDay(dayNumber(iso))).toBe(iso));
  it.each([["2017-02-30", false], ["2017-2-3", false], ["x", false], ["2017-10-17", true], [null, false]])("%s is a day: %s", (text, is) => expect(isDay(text)).toBe(is));
  it.each([
    [when("2017-10-17", "2017-10-17"), "17 Oct 2017"],
    [when("2017-10-01", "2017-10-31"), "Oct 2017"],
    [when("2017-01-01", "2017-12-31"), "2017"],
    [when("2017-10-03", "2017-10-09", true), "about 3–9 Oct 2017"],
    [when("2017-09-30", "2017-10-02"), "30 Sep – 2 Oct 2017"],
    [when("2016-12-30", "2017-01-02"), "30 Dec 2016 – 2 Jan 2017"],
    [when("2017-10-17", null), "since 17 Oct 2017 at the earliest"],
    [when(null, "2017-10-17"), "until 17 Oct 2017 at the latest"],
    [when(null, null), "day unknown"],
    [null, "day unknown"],
  ])("%o", (given, words) => expect(whenWords(given)).toBe(words));
  it.each([[10, 8], [400, 8], [4000, 6], [40_000, 6]])("an axis of %i days has few ticks", (span, most) => {
    const found = ticks(17_000, 17_000 + span, most);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(most + 1);
    expect(found.every((tick) => tick.day >= 17_000 && tick.day <= 17_000 + span)).toBe(true);
  });
});

describe("figures as ranges", () => {
  const figure = (low: number | null, best: number | null, high: number | null, approximate = false) => ({ low, best, high, approximate });
  it("leaves an open side open", () => {
    expect(rangeOf(figure(13, null, null))).toMatchObject({ low: 13, openHigh: true, openLow: false });
    expect(rangeOf(figure(null, null, 40))).toMatchObject({ low: 0, high: 40, openLow: true, openHigh: false });
    expect(rangeOf(figure(13, 13, 13))).toEqual({ low: 13, high: 13, openLow: false, openHigh: false });
    expect(rangeOf(figure(null, 30000, null, true))).toMatchObject({ openLow: true, openHigh: true });
  });
  it("keeps order and stays inside, also over powers of ten", () => {
    const scale = scaleOf([figure(2, 2, 2), figure(null, 5_000_000, null)]);
    const places = [0, 2, 40, 1000, 5_000_000, 9e9].map(scale);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places.every((place) => place >= 0 && place <= 1)).toBe(true);
  });
});
