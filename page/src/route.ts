/** All that a view shows stands in the address behind the #, so that every state is a link. */
import { useEffect, useState } from "preact/hooks";

export interface Route { path: string[]; query: URLSearchParams }

export function parseHash(hash: string): Route {
  const [path = "", query = ""] = splitOnce(hash.replace(/^#\/?/, ""), "?");
  return { path: path.split("/").filter(Boolean).map(decoded), query: new URLSearchParams(query) };
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a stray % that somebody typed
  }
}

export type Values = Record<string, string | number | null | undefined | readonly string[]>;

/** The address of a view. */
export function href(path: readonly (string | number)[], values: Values | URLSearchParams = {}): string {
  const query = values instanceof URLSearchParams ? values : withValues(new URLSearchParams(), values);
  const tail = query.toString();
  return `#/${path.map((part) => encodeURIComponent(part)).join("/")}${tail ? `?${tail}` : ""}`;
}

export function withValues(query: URLSearchParams, values: Values): URLSearchParams {
  const made = new URLSearchParams(query);
  for (const [name, value] of Object.entries(values)) {
    made.delete(name);
    if (Array.isArray(value)) for (const one of value as string[]) made.append(name, one);
    else if (value !== null && value !== undefined && value !== "") made.set(name, String(value));
  }
  return made;
}

const listeners = new Set<() => void>();
export const current = (): Route => parseHash(location.hash);

/** Changes values of the address; with ``push`` the back button returns to what was before. */
export function setValues(values: Values, { push = false } = {}): void {
  const { path, query } = current();
  const address = href(path, withValues(query, values));
  if (address === location.hash) return;
  history[push ? "pushState" : "replaceState"](null, "", address);
  for (const listener of listeners) listener();
}

export function go(address: string): void {
  location.hash = address;
}

if (typeof window !== "undefined") window.addEventListener("hashchange", () => listeners.forEach((listener) => listener()));

export function useRoute(): Route {
  const [route, set] = useState(current);
  useEffect(() => {
    const listener = (): void => set(current());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return route;
}
