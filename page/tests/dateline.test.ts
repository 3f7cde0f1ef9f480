import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { expect, it } from "vitest";
import world from "world-atlas/countries-50m.json";
import { cutPolygon, cutShapes } from "../src/pure/dateline";

const area = (ring: GeoJSON.Position[]): number => Math.abs(ring.slice(1).reduce((sum, [x, y], n) => sum + (ring[n]![0]! * y! - x! * ring[n]![1]!) / 2, 0));

it("leaves a polygon that stays on its side as it is", () => {
  const ring = [[10, 10], [20, 10], [20, 20], [10, 20], [10, 10]];
  expect(cutPolygon([ring])).toEqual([[ring]]);
});

it("cuts a polygon at 180 degrees into two of the same area", () => {
  const parts = cutPolygon([[[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]]]);
  expect(parts).toHaveLength(2);
  expect(parts.map(([ring]) => area(ring!))).toEqual([100, 100]);
});

it("keeps a hole in the part in which it lies", () => {
  const parts = cutPolygon([[[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]], [[172, 2], [172, 4], [174, 4], [174, 2], [172, 2]]]);
  expect(parts.map((rings) => rings.length).sort()).toEqual([1, 2]);
});

it("closes a ring around the pole over it", () => {
  const parts = cutPolygon([[[-180, -70], [-90, -70], [0, -70], [90, -70], [180, -70], [-180, -70]]]);
  expect(parts.reduce((sum, [ring]) => sum + area(ring!), 0)).toBeCloseTo(360 * 20, 5);
});

it("drops a ring along the pole, and closes the coast inside it over the pole", () => {
  const parts = cutPolygon([[[-180, -89.999], [60, -89.999], [-60, -89.999], [-180, -89.999]], [[-180, -70], [-60, -70], [60, -70], [180, -70], [-180, -70]]]);
  expect(parts.reduce((sum, [ring]) => sum + area(ring!), 0)).toBeCloseTo(360 * 20, 5);
});

it("leaves no edge across the whole world in the countries that are drawn", () => {
  const topology = world as unknown as Topology<{ countries: GeometryCollection }>;
  const countries = feature(topology, topology.objects.countries).features.map((one) => one.geometry);
  const { coordinates } = cutShapes(countries);
  const long = coordinates.flat().flatMap((ring) => ring.slice(1).filter(([lon, lat], n) => Math.abs(lon! - ring[n]![0]!) > 100 && lat! > -89));
  expect(long).toEqual([]);
  expect(coordinates.flat(2).every(([lon]) => lon! >= -180 && lon! <= 180)).toBe(true);
});
