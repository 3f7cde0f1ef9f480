/** Land, borders, rivers and lakes from Natural Earth (public domain), carried along; nothing is fetched from elsewhere. */
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { cutShapes } from "../pure/dateline";
import type { Base } from "./tiles";

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

export type Shapes = GeoJSON.FeatureCollection;

let made: Promise<Shapes> | null = null;

/** The shapes, made once for all maps of the page; one source, so that the map cuts its tiles once. */
export const worldShapes = (): Promise<Shapes> => (made ??= makeShapes());

async function makeShapes(): Promise<Shapes> {
  const [world, waters] = await Promise.all([import("world-atlas/countries-50m.json"), import("virtual:waters")]);
  const topology = world.default as unknown as World;
  const { countries } = topology.objects;
  const shape = (kind: string, geometry: GeoJSON.Geometry): GeoJSON.Feature => ({ type: "Feature", properties: { kind }, geometry });
  return {
    type: "FeatureCollection",
    features: [
      ...feature(topology, countries).features.map((one) => shape("land", cutShapes([one.geometry]))),
      ...waters.default.rivers.map((one) => shape("river", one)),
      ...waters.default.lakes.map((one) => shape("lake", cutShapes([one]))),
      shape("coast", linesOf(mesh(topology, countries, (a, b) => a === b))),
      shape("border", linesOf(mesh(topology, countries, (a, b) => a !== b))),
    ],
  };
}

/** Lines without those along and across the far side of the world, which are cuts of the data and no coast. */
function linesOf(lines: GeoJSON.MultiLineString): GeoJSON.MultiLineString {
  const coordinates: GeoJSON.Position[][] = [];
  for (const line of lines.coordinates) {
    let part: GeoJSON.Position[] = [];
    for (const place of line) {
      const before = part.at(-1);
      const cut = before && (Math.abs(before[0]! - place[0]!) > 180 || (Math.abs(before[0]!) > 179.9 && Math.abs(place[0]!) > 179.9) || (before[1]! < -89 && place[1]! < -89));
      if (cut) {
        coordinates.push(part);
        part = [];
      }
      part.push(place);
    }
    coordinates.push(part);
  }
  return { type: "MultiLineString", coordinates: coordinates.filter((part) => part.length > 1) };
}

export interface Ink { sea: string; land: string; border: string; coast: string; river: string; road: string }
const INK: Record<"dark" | "light", Ink> = {
  dark: { sea: "#12171d", land: "#1f262e", border: "#5a6675", coast: "#3a4550", river: "#2c4257", road: "#323c47" },
  light: { sea: "#dfe7ec", land: "#f7f5f0", border: "#b3aa9b", coast: "#b9c4cb", river: "#b5cbd8", road: "#dcd5c8" },
};

/** The style of the map; without shapes it is the sea alone. ``base`` is what the owner has set besides what comes along. */
export function styleOf(shapes: Shapes | null, dark: boolean, base: Base | null): StyleSpecification {
  const ink = INK[dark ? "dark" : "light"];
  const grows = (from: number, to: number) => ["interpolate", ["linear"], ["zoom"], 2, from, 8, to] as unknown as number;
  const of = (kind: string) => ({ source: "world", filter: ["==", ["get", "kind"], kind] as unknown as boolean });
  const own: LayerSpecification[] = [
    { id: "land", type: "fill", ...of("land"), paint: { "fill-color": ink.land, "fill-antialias": false } },
    { id: "rivers", type: "line", ...of("river"), minzoom: 2.5, layout: { "line-join": "round" }, paint: { "line-color": ink.river, "line-width": grows(0.4, 1.8) } },
    { id: "lakes", type: "fill", ...of("lake"), paint: { "fill-color": ink.sea, "fill-outline-color": ink.coast } },
    { id: "coast", type: "line", ...of("coast"), paint: { "line-color": ink.coast, "line-width": 0.8 } },
  ];
  const sea: LayerSpecification = { id: "sea", type: "background", paint: { "background-color": ink.sea } };
  if (!shapes) return { version: 8, sources: {}, layers: [sea] };
  return {
    version: 8,
    sources: { world: { type: "geojson", data: shapes, tolerance: 0.3 }, ...(base ? { base: base.source } : {}) },
    layers: [
      sea,
      ...(base?.covers ? [] : own),
      ...(base ? base.layers(ink) : []),
      { id: "borders", type: "line", ...of("border"), paint: { "line-color": ink.border, "line-width": grows(0.7, 1.6) } },
    ],
  };
}
