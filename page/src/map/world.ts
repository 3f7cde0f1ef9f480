/** Land and borders from Natural Earth (public domain), carried along; nothing is fetched from elsewhere. */
import type { StyleSpecification } from "maplibre-gl";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

async function worldData(): Promise<World> {
  return (await import("world-atlas/countries-50m.json")).default as unknown as World;
}

export interface Shapes { land: GeoJSON.GeoJSON; borders: GeoJSON.GeoJSON; coast: GeoJSON.GeoJSON }

function shapesOf(world: World): Shapes {
  const countries = world.objects.countries;
  return {
    land: feature(world, countries),
    borders: linesOf(mesh(world, countries, (a, b) => a !== b)),
    coast: linesOf(mesh(world, countries, (a, b) => a === b)),
  };
}

/** Lines without those along and across the far side of the world, which are cuts of the data and no coast. */
function linesOf(lines: GeoJSON.MultiLineString): GeoJSON.Feature {
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
  return { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: coordinates.filter((part) => part.length > 1) } };
}

export const worldShapes = async (): Promise<Shapes> => shapesOf(await worldData());

export function styleOf(shapes: Shapes, dark: boolean, tiles: string | null): StyleSpecification {
  const ink = dark
    ? { sea: "#12171d", land: "#1f262e", border: "#4a5562", coast: "#3a4550" }
    : { sea: "#dfe7ec", land: "#f7f5f0", border: "#b3aa9b", coast: "#b9c4cb" };
  const style: StyleSpecification = {
    version: 8,
    sources: {
      land: { type: "geojson", data: shapes.land, tolerance: 0.3 },
      borders: { type: "geojson", data: shapes.borders, tolerance: 0.3 },
      coast: { type: "geojson", data: shapes.coast, tolerance: 0.3 },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": ink.sea } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": ink.land, "fill-antialias": false } },
      { id: "coast", type: "line", source: "coast", paint: { "line-color": ink.coast, "line-width": 0.8 } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": ink.border, "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.6, 8, 1.6] } },
    ],
  };
  if (tiles?.includes("{z}")) {
    style.sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256 };
    style.layers.splice(1, 0, { id: "tiles", type: "raster", source: "tiles" });
    style.layers = style.layers.filter((layer) => layer.id !== "land");
  }
  return style;
}
