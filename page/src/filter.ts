/** What is wanted, as it stands in the address: for the columns in the browser and for the server's lists. */
import type { Frame, Wanted } from "./pure/columns";
import { EARLIEST, LATEST } from "./pure/columns";
import { dayNumber, isDay } from "./pure/days";

/** Filters that only the server can answer; it gives the rows. */
export const ASKED = ["words", "actor", "place", "source"] as const;
export const FILTERS = [...ASKED, "type", "status", "since", "until", "least_independent", "least_reports", "least_confidence", "reviewed", "placed"] as const;

export function wantedOf(query: URLSearchParams, rows: readonly number[] | null, frame: Frame | null): Wanted {
  const number = (name: string): number => Number(query.get(name)) || 0;
  const truth = (name: string): boolean | null => (query.has(name) ? query.get(name) === "true" : null);
  const since = query.get("since");
  const until = query.get("until");
  return {
    types: query.getAll("type"), statuses: query.getAll("status"), since: isDay(since) ? dayNumber(since) : EARLIEST, until: isDay(until) ? dayNumber(until) : LATEST,
    independent: number("least_independent"), reports: number("least_reports"), confidence: number("least_confidence"),
    reviewed: truth("reviewed"), placed: truth("placed"), rows, frame,
  };
}

/** The part of the address that the server filters by. */
export function serverFilter(query: URLSearchParams, names: readonly string[] = FILTERS): URLSearchParams {
  const made = new URLSearchParams();
  for (const name of names) for (const value of query.getAll(name)) if (value) made.append(name, value);
  return made;
}

/** Whether the "from" day is later than the "to" day: no day lies between them. */
export function isTurned(query: URLSearchParams): boolean {
  const since = query.get("since");
  const until = query.get("until");
  return isDay(since) && isDay(until) && since > until;
}

export const isFiltered = (query: URLSearchParams): boolean => FILTERS.some((name) => query.has(name));
