/** The values of a reading as marks in the text, in the order of the text. */
import type { Reading } from "../api/types";
import type { Mark } from "./marks";

export const WORDS = ["events", "statements", "figures", "control", "actors", "places", "times"] as const;
export type Shown = (typeof WORDS)[number];

/** Where each value of the reading stands. */
export function marksOf(reading: Reading): Mark[] {
  const marks: Mark[] = [];
  const put = (id: string, word: Shown, span: { start: number; end: number } | null): void => {
    if (span) marks.push({ id, word, start: span.start, end: span.end });
  };
  for (const event of reading.events) put(event.id, "events", event.trigger);
  for (const statement of reading.statements) {
    for (const span of statement.content) put(statement.id, "statements", span);
    put(statement.id, "statements", statement.cue);
  }
  for (const figure of reading.figures) put(figure.id, "figures", figure.span);
  for (const control of reading.control) put(control.id, "control", control.span);
  for (const entity of reading.entities) for (const mention of entity.mentions) put(entity.id, entity.kind === "place" ? "places" : "actors", mention);
  for (const time of reading.times) put(time.id, "times", time.when.span);
  return marks;
}

/** Ids of the values that the keys step through, in the order of their words. */
export function stepsOf(marks: readonly Mark[], shown: ReadonlySet<string>): string[] {
  const first = new Map<string, number>();
  for (const mark of marks) {
    if (mark.word === "actors" || mark.word === "places" || mark.word === "times" || !shown.has(mark.word)) continue;
    first.set(mark.id, Math.min(first.get(mark.id) ?? Infinity, mark.start));
  }
  return [...first].sort((a, b) => a[1] - b[1]).map(([id]) => id);
}
