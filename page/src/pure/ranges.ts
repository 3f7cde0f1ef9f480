/** Figures with open bounds, laid on one scale. */
export interface Bounded { low: number | null; best: number | null; high: number | null; approximate: boolean }
export interface Range { low: number; high: number; openLow: boolean; openHigh: boolean }

/** From where to where a figure is drawn; an open side reaches on a little and fades. */
export function rangeOf(figure: Bounded): Range {
  const middle = figure.best ?? figure.low ?? figure.high ?? 0;
  const reach = Math.max(1, Math.abs(middle) * 0.25);
  const about = figure.approximate && figure.low === null && figure.high === null;
  if (about) return { low: Math.max(0, middle - reach / 2), high: middle + reach / 2, openLow: true, openHigh: true };
  const low = figure.low ?? (figure.high !== null && figure.best === null ? 0 : middle);
  const high = figure.high ?? (figure.low !== null && figure.best === null ? middle + reach : middle);
  return { low, high, openLow: figure.low === null && figure.best === null, openHigh: figure.high === null && figure.best === null };
}

/** A scale from 0 to 1; by size where the figures are alike, by powers where they are a hundredfold apart. */
export function scaleOf(figures: readonly Bounded[]): (value: number) => number {
  const ends = figures.map(rangeOf);
  const most = Math.max(1, ...ends.map((range) => range.high));
  const least = Math.min(...ends.map((range) => Math.max(range.low, 1)), most);
  if (most / least < 100) return (value) => Math.min(1, Math.max(0, value / (most * 1.05)));
  const whole = Math.log10(most * 1.2) + 1;
  return (value) => (value < 1 ? 0 : Math.min(1, (Math.log10(value) + 1) / whole));
}

/** Numbers to write along the scale: even steps where it goes by size, powers of ten where it goes by powers. */
export function marksOf(figures: readonly Bounded[]): number[] {
  const ends = figures.map(rangeOf);
  const most = Math.max(1, ...ends.map((range) => range.high));
  const least = Math.min(...ends.map((range) => Math.max(range.low, 1)), most);
  if (most / least >= 100) return Array.from({ length: Math.floor(Math.log10(most)) + 1 }, (_, power) => 10 ** power);
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [0.2, 0.5, 1].map((part) => Math.max(1, part * power)).find((size) => most / size <= 5) ?? 2 * power;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, n) => n * step);
}
