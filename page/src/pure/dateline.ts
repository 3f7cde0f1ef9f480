/** Polygons that cross the far side of the world, cut there: a flat map would draw them as bands around it. */
type Ring = GeoJSON.Position[];

/** The polygons of the same area, none of which reaches over 180°. */
export function cutPolygon(rings: readonly Ring[]): Ring[][] {
  // A ring along the pole is no edge of anything: what lies around the pole is closed over it below.
  const whole = rings.filter((ring) => ring.some(([, lat]) => Math.abs(lat!) < 89.9)).map(unrolled);
  if (whole.every((ring) => ring.every(([lon]) => lon! >= -180 && lon! <= 180))) return [whole];
  const found: Ring[][] = [];
  for (const turn of [-360, 0, 360]) {
    const parts = whole.map((ring) => clipped(ring, -180 + turn, 180 + turn).map(([lon, lat]) => [lon! - turn, lat!])).filter((ring) => ring.some(([lon]) => lon !== ring[0]![0]));
    if (parts.length) found.push(parts);
  }
  return found;
}

/** The ring with longitudes that never jump; one that goes round a pole is closed over it. */
function unrolled(ring: Ring): Ring {
  const found: Ring = [];
  let turn = 0;
  for (const [n, [lon, lat]] of ring.entries()) {
    const before = n ? ring[n - 1]![0]! : lon!;
    if (lon! - before > 180) turn -= 360;
    else if (before - lon! > 180) turn += 360;
    found.push([lon! + turn, lat!]);
  }
  if (!turn) return found;
  const pole = found.reduce((sum, [, lat]) => sum + lat!, 0) < 0 ? -90 : 90;
  return [...found, [found.at(-1)![0]!, pole], [found[0]![0]!, pole], found[0]!];
}

/** What of a ring lies between two meridians. */
function clipped(ring: Ring, west: number, east: number): Ring {
  return halved(halved(ring, west, (lon) => lon >= west), east, (lon) => lon <= east);
}

function halved(ring: Ring, edge: number, kept: (lon: number) => boolean): Ring {
  const found: Ring = [];
  for (let n = 0; n + 1 < ring.length; n++) {
    const [from, to] = [ring[n]!, ring[n + 1]!];
    if (kept(from[0]!)) found.push(from);
    if (kept(from[0]!) !== kept(to[0]!)) found.push([edge, from[1]! + ((to[1]! - from[1]!) * (edge - from[0]!)) / (to[0]! - from[0]!)]);
  }
  if (found.length) found.push(found[0]!);
  return found;
}

/** The same shapes, cut where they cross the far side of the world. */
export function cutShapes(shapes: readonly (GeoJSON.Geometry | null)[]): GeoJSON.MultiPolygon {
  const polygons = shapes.flatMap((shape) => (shape?.type === "Polygon" ? [shape.coordinates] : shape?.type === "MultiPolygon" ? shape.coordinates : []));
  return { type: "MultiPolygon", coordinates: polygons.flatMap((rings) => cutPolygon(rings)) };
}
