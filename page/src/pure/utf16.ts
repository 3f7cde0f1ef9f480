/** Offsets of the API are Unicode code points; strings in the browser count UTF-16 units. Turned here, once, at the edge. */
export class Edge {
  private readonly astral: number[] = [];
  readonly points: number;

  constructor(readonly text: string) {
    let points = 0;
    for (let unit = 0; unit < text.length; unit++, points++) {
      const code = text.charCodeAt(unit);
      const next = unit + 1 < text.length ? text.charCodeAt(unit + 1) : 0;
      if (code >= 0xd800 && code <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
        this.astral.push(points);
        unit++;
      }
    }
    this.points = points;
  }

  /** The UTF-16 offset of a code point offset; beyond either end, that end. */
  unit(point: number): number {
    const at = Math.min(Math.max(point, 0), this.points);
    let low = 0;
    let high = this.astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.astral[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return at + low;
  }

  /** The words between two code point offsets. */
  slice(start: number, end: number): string {
    return this.text.slice(this.unit(start), this.unit(end));
  }
}
