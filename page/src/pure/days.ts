/** Days as numbers since 1970-01-01, and days in words. */
import type { When } from "../api/types";

const DAY = 86_400_000;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

export function dayNumber(iso: string): number {
  const [year, month, day] = iso.slice(0, 10).split("-").map(Number);
  const moment = new Date(0);
  moment.setUTCFullYear(year ?? 1970, (month ?? 1) - 1, day ?? 1);
  return Math.round(moment.getTime() / DAY);
}

export const isoDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

export const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && isoDay(dayNumber(text)) === text;

/** A day in words: 17 Oct 2017. */
export function dayWords(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? "?"} ${year}`;
}

/** When something was published, in words; the hour is left out. */
export const publishedWords = (iso: string | null): string => (iso ? dayWords(iso) : "undated");

/** An interval in words; what is open stays open. */
export function whenWords(when: When | null): string {
  if (!when || (!when.from && !when.to)) return "day unknown";
  const about = when.approximate ? "about " : "";
  if (!when.from) return `${about}until ${dayWords(when.to!)} at the latest`;
  if (!when.to) return `${about}since ${dayWords(when.from)} at the earliest`;
  return about + intervalWords(when.from.slice(0, 10), when.to.slice(0, 10));
}

function intervalWords(from: string, to: string): string {
  if (from === to) return dayWords(from);
  const [fromYear, fromMonth, fromDay] = from.split("-");
  const [toYear, toMonth, toDay] = to.split("-");
  const lastDay = isoDay(dayNumber(to) + 1).endsWith("-01");
  if (fromDay === "01" && lastDay) {
    if (fromMonth === "01" && toMonth === "12") return fromYear === toYear ? fromYear! : `${fromYear}–${toYear}`;
    if (from.slice(0, 7) === to.slice(0, 7)) return `${MONTHS[Number(fromMonth) - 1]} ${fromYear}`;
  }
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(fromDay)}–${dayWords(to)}`;
  if (fromYear === toYear) return `${Number(fromDay)} ${MONTHS[Number(fromMonth) - 1]} – ${Number(toDay)} ${MONTHS[Number(toMonth) - 1]} ${toYear}`;
  return `${dayWords(from)} – ${dayWords(to)}`;
}

/** Ticks of an axis of days: about as many as fit, on beginnings of days, months or years. */
export function ticks(first: number, last: number, most: number): { day: number; label: string }[] {
  const span = Math.max(1, last - first);
  const step = [1, 2, 7, 14].find((days) => span / days <= most);
  if (step) return range(Math.ceil(first / step) * step, last, step).map((day) => ({ day, label: dayWords(isoDay(day)).slice(0, -5) }));
  const months = [1, 3, 6, 12, 24, 60, 120, 240, 600].find((count) => span / (30.44 * count) <= most) ?? 1200;
  const begin = new Date(first * DAY);
  const found: { day: number; label: string }[] = [];
  let month = Math.ceil((begin.getUTCFullYear() * 12 + begin.getUTCMonth()) / months) * months;
  for (; found.length <= most + 1 && Number.isFinite(month); month += months) {
    const iso = `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}-01`;
    const day = dayNumber(iso);
    if (day > last) return found;
    if (day >= first) found.push({ day, label: months >= 12 || month % 12 === 0 ? iso.slice(0, 4) : `${MONTHS[month % 12]}${months < 3 ? "" : ` ${iso.slice(0, 4)}`}` });
  }
  return found;
}

function range(from: number, to: number, step: number): number[] {
  const found: number[] = [];
  for (let at = from; at <= to; at += step) found.push(at);
  return found;
}
