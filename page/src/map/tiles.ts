/** More of the world from a tile server or a PMTiles file, where the owner has set one; then, and only then, that is asked too. */
import type { LayerSpecification, SourceSpecification } from "maplibre-gl";
import maplibre from "maplibre-gl";
import type { Ink } from "./world";

export interface Base { source: SourceSpecification; covers: boolean; layers: (ink: Ink) => LayerSpecification[] }

const PICTURE: Base["layers"] = () => [{ id: "base", type: "raster", source: "base" }];

/** What is set, opened; null where nothing is. */
export async function baseOf(tiles: string | null): Promise<Base | null> {
  if (!tiles) return null;
  if (tiles.includes("{z}")) return { source: { type: "raster", tiles: [tiles], tileSize: 256 }, covers: true, layers: PICTURE };
  const { PMTiles, Protocol, TileType } = await import("pmtiles");
  const address = new URL(tiles, location.href).href;
  const file = new PMTiles(address);
  const header = await file.getHeader();
  const protocol = new Protocol();
  protocol.add(file);
  maplibre.removeProtocol("pmtiles");
  maplibre.addProtocol("pmtiles", protocol.tile);
  const source = { tiles: [`pmtiles://${address}/{z}/{x}/{y}`], minzoom: header.minZoom, maxzoom: header.maxZoom };
  if (header.tileType !== TileType.Mvt) return { source: { type: "raster", tileSize: 256, ...source }, covers: true, layers: PICTURE };
  const { vector_layers } = (await file.getMetadata()) as { vector_layers?: { id: string }[] };
  const names = (vector_layers ?? []).map((layer) => layer.id);
  return { source: { type: "vector", ...source }, covers: false, layers: (ink) => names.flatMap((name) => drawn(name, ink)) };
}

/** How a layer of a vector map is drawn, by the names that the common schemas give; what is not known by name is left out. */
function drawn(name: string, ink: Ink): LayerSpecification[] {
  const layer = { id: `base-${name}`, source: "base", "source-layer": name };
  const polygon = ["==", ["geometry-type"], "Polygon"] as unknown as boolean;
  const line = ["==", ["geometry-type"], "LineString"] as unknown as boolean;
  if (/^(earth|land)$/.test(name)) return [{ ...layer, type: "fill", filter: polygon, paint: { "fill-color": ink.land } }];
  if (/^(water|ocean)$/.test(name)) return [{ ...layer, type: "fill", filter: polygon, paint: { "fill-color": ink.sea } }, { ...layer, id: `${layer.id}-lines`, type: "line", filter: line, paint: { "line-color": ink.river } }];
  if (/^waterway|^physical_line/.test(name)) return [{ ...layer, type: "line", filter: line, paint: { "line-color": ink.river } }];
  if (/^(roads?|transportation|transit)$/.test(name)) return [{ ...layer, type: "line", filter: line, paint: { "line-color": ink.road, "line-width": 1.2 } }];
  if (/^(boundary|boundaries)$/.test(name)) return [{ ...layer, type: "line", filter: line, paint: { "line-color": ink.border, "line-dasharray": [3, 2] } }];
  return [];
}
