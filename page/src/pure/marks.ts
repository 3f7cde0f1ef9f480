/** Spans that overlap, laid flat: stretches of text, each with the values that cover it. */
export interface Mark { id: string; word: string; start: number; end: number }
export interface Stretch { start: number; end: number; marks: Mark[] }

/** The stretches of ``[start, end)`` in order, without gaps; marks innermost first. They are cut at ``edges`` too. */
export function stretches(start: number, end: number, marks: readonly Mark[], edges: readonly number[] = []): Stretch[] {
  const inside = marks.filter((mark) => mark.start < end && mark.end > start && mark.end > mark.start);
  const cuts = new Set<number>([start, end, ...edges.filter((edge) => edge > start && edge < end)]);
  for (const mark of inside) {
    cuts.add(Math.max(mark.start, start));
    cuts.add(Math.min(mark.end, end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  const found: Stretch[] = [];
  for (let n = 0; n + 1 < places.length; n++) {
    const from = places[n]!;
    const to = places[n + 1]!;
    const over = inside.filter((mark) => mark.start <= from && mark.end >= to);
    over.sort((a, b) => a.end - a.start - (b.end - b.start));
    found.push({ start: from, end: to, marks: over });
  }
  return found;
}
