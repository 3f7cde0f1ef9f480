import "maplibre-gl/dist/maplibre-gl.css";
import maplibre from "maplibre-gl";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask } from "../api/client";
import type { Label, Labels } from "../api/types";
import type { Frame } from "../pure/columns";
import { mercatorX, mercatorY } from "../pure/columns";
import { NEAREST, across } from "../pure/cluster";
import { CELL, Hit, Scene, Sight, draw } from "./overlay";
import { baseOf } from "./tiles";
import { styleOf, worldShapes } from "./world";

export interface MapViewProps {
  scene: Omit<Scene, "labels"> | null;
  at: string | null;
  tiles: string | null;
  /** Where the map is; an address only where a person moved it, never where the address or the window did. */
  onMove: (at: string | null, frame: Frame) => void;
  onHit: (hit: Hit) => void;
  title: string;
}

/** The map: land and borders by MapLibre, everything of the record on a canvas above it. */
export function MapView({ scene, at, tiles, onMove, onHit, title }: MapViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useRef<maplibre.Map | null>(null);
  const hits = useRef<Hit[]>([]);
  const labels = useRef<Label[]>([]);
  const latest = useRef({ scene, at, onMove, onHit });
  const [fault, setFault] = useState<string | null>(null);
  const [tileFault, setTileFault] = useState<string | null>(null);
  const [tip, setTip] = useState<{ x: number; y: number; title: string } | null>(null);
  latest.current = { scene, at, onMove, onHit };

  const paint = (): void => {
    const { scene: now } = latest.current;
    if (map.current && canvas.current && now) {
      hits.current = paintOn(canvas.current, map.current, { ...now, labels: labels.current });
      if (now.rows.length && !performance.getEntriesByName(DRAWN).length) performance.mark(DRAWN);
    }
  };

  useEffect(() => {
    let gone = false;
    const dark = scene?.dark ?? false;
    try {
      // Incidents are drawn at once; the shapes of the world come under them when they are there.
      map.current = makeMap(box.current!, styleOf(null, dark, null), latest.current.at);
    } catch (problem) {
      setFault(problem instanceof Error ? problem.message : String(problem));
      return;
    }
    const one = map.current;
    wire(one, paint, async (byHand) => {
      latest.current.onMove(byHand ? atOf(one) : null, frameOf(one));
      labels.current = await townsIn(one);
      if (!gone) paint();
    });
    void Promise.all([worldShapes(), baseOf(tiles).catch((problem: unknown) => (setTileFault(String(problem)), null))]).then(([shapes, base]) => {
      if (!gone) one.setStyle(styleOf(shapes, dark, base), { diff: false });
    });
    return () => {
      gone = true;
      map.current?.remove();
      map.current = null;
    };
  }, [scene?.dark, tiles]);

  useEffect(paint, [scene]);
  useEffect(() => {
    const place = placeOf(at);
    const one = map.current;
    // What the address moves must not write the address: two of them not yet drawn would hunt each other for ever.
    if (one && place && at !== atOf(one)) one.jumpTo(place, BY_ADDRESS);
  }, [at]);

  const hitAt = (event: MouseEvent): Hit | undefined => {
    const edge = canvas.current!.getBoundingClientRect();
    const x = event.clientX - edge.left;
    const y = event.clientY - edge.top;
    return hits.current.findLast((hit) => Math.hypot(hit.x - x, hit.y - y) <= hit.radius);
  };
  return (
    <div
      class={tip ? "map pointing" : "map"}
      onClick={(event) => {
        const hit = hitAt(event);
        if (hit && !(event.target as Element).closest("button")) touch(map.current, hit, latest.current.onHit);
      }}
      onMouseMove={(event) => {
        const hit = hitAt(event);
        setTip(hit ? { x: hit.x, y: hit.y - hit.radius, title: hit.title } : null);
      }}
      onMouseLeave={() => setTip(null)}
    >
      <div ref={box} class="map-base" />
      <canvas ref={canvas} class="map-ink" role="img" aria-label={title} />
      {tip && <div class="tip" style={{ left: `${tip.x}px`, top: `${tip.y}px` }}><bdi>{tip.title}</bdi></div>}
      {tileFault && <p class="notice">The tiles that were set cannot be read ({tileFault}). The map is drawn without them.</p>}
      {fault && <p class="notice">The map cannot be drawn here ({fault}). The lists and the time line hold the same incidents.</p>}
    </div>
  );
}

/** By this name the browser knows when incidents were first drawn (evaluation/page.py asks for it). */
const DRAWN = "incidents-drawn";

/** Up to this width the map has little room (page.css has the same). */
export const NARROW = 1000;

/** Marks a move that nobody made by hand. */
const BY_ADDRESS = { byAddress: true };

/** "35.950,39.010,8" → where and how near; null where it is no such thing. */
function placeOf(at: string | null): { center: [number, number]; zoom: number } | null {
  const [lat, lon, zoom] = at?.split(",").map(Number) ?? [];
  if (![lat, lon, zoom].every(Number.isFinite) || Math.abs(lat!) > 90 || Math.abs(lon!) > 180) return null;
  return { center: [lon!, lat!], zoom: zoom! };
}

function makeMap(container: HTMLElement, style: maplibre.StyleSpecification, at: string | null): maplibre.Map {
  const map = new maplibre.Map({
    container, style, attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxPitch: 0, maxZoom: 13, minZoom: 0.5, fadeDuration: 0,
    renderWorldCopies: false, ...(placeOf(at) ?? { center: [20, 25], zoom: 1.6 }),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({}), "bottom-left");
  map.addControl(new maplibre.AttributionControl({ compact: true, customAttribution: "Borders and waters: Natural Earth, drawn as it draws them · towns: GeoNames, CC BY 4.0" }), "bottom-right");
  if (innerWidth <= NARROW) {
    const sources = container.querySelector(".maplibregl-ctrl-attrib");
    sources?.classList.remove("maplibregl-compact-show");
    sources?.removeAttribute("open");
  }
  return map;
}

function wire(map: maplibre.Map, paint: () => void, settled: (byHand: boolean) => Promise<void>): void {
  // On paper the map has another size; what is listed beside it stays.
  const settle = (byHand: boolean): void => void (matchMedia("print").matches ? Promise.resolve() : settled(byHand)).catch(() => undefined); // a list of labels that does not come leaves the map as it is
  let resized = false;
  map.on("move", paint);
  map.on("resize", () => { resized = true; paint(); });
  map.on("moveend", (event) => {
    settle(!resized && !("byAddress" in event));
    resized = false;
  });
  paint();
  settle(false); // where the map looks is known before its shapes are drawn
}

async function townsIn(map: maplibre.Map): Promise<Label[]> {
  const bounds = map.getBounds();
  const box = [Math.max(-180, bounds.getWest()), Math.max(-90, bounds.getSouth()), Math.min(180, bounds.getEast()), Math.min(90, bounds.getNorth())];
  const query = new URLSearchParams({ bbox: box.map((value) => value.toFixed(3)).join(","), zoom: map.getZoom().toFixed(1), limit: "150" });
  return (await ask<Labels>("/api/towns", query)).items;
}

function atOf(map: maplibre.Map): string {
  const centre = map.getCenter();
  return `${centre.lat.toFixed(3)},${centre.lng.toFixed(3)},${map.getZoom().toFixed(2)}`;
}

function frameOf(map: maplibre.Map): Frame {
  const bounds = map.getBounds();
  return { west: mercatorX(bounds.getWest()), east: mercatorX(bounds.getEast()), north: mercatorY(bounds.getNorth()), south: mercatorY(bounds.getSouth()) };
}

/** A click: a cluster is spread where coming nearer parts it; else, as with a single one, what lies there is told. */
function touch(map: maplibre.Map | null, hit: Hit, onHit: (hit: Hit) => void): void {
  const { cluster } = hit;
  if (!map || !cluster || cluster.count === 1 || map.getZoom() >= NEAREST || across(cluster, NEAREST) < CELL) return onHit(hit);
  const { west, north, east, south } = cluster.box;
  const lon = ((west + east) / 2 - 0.5) * 360;
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (north + south)))) * 180) / Math.PI;
  const fits = Math.log2((Math.min(map.getContainer().clientWidth, map.getContainer().clientHeight) * 0.5) / across(cluster, 0));
  const zoom = Math.min(NEAREST, Math.max(map.getZoom() + 2, fits));
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) map.jumpTo({ center: [lon, lat], zoom });
  else map.easeTo({ center: [lon, lat], zoom, duration: 350 });
}

function paintOn(canvas: HTMLCanvasElement, map: maplibre.Map, scene: Scene): Hit[] {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  // Paper gives the map the shape that it has on the screen, so that nothing of it is cut off.
  if (!matchMedia("print").matches) canvas.closest<HTMLElement>(".view")?.style.setProperty("--shape", `${width} / ${Math.max(1, height)}`);
  const ratio = Math.min(2, devicePixelRatio || 1);
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const pen = canvas.getContext("2d");
  if (!pen) return [];
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const scale = 512 * 2 ** map.getZoom();
  const centre = map.getCenter();
  const sight: Sight = { scale, zoom: map.getZoom(), width, height, x: mercatorX(centre.lng) - width / 2 / scale, y: mercatorY(centre.lat) - height / 2 / scale };
  return draw(pen, scene, sight);
}
