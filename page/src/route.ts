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

/** Whether somebody went on to a view, and not back to it. */
let onward = false;

export function go(address: string): void {
  onward = true;
  location.hash = address;
}

/** How far each address was scrolled; the browser's own memory of it fails where a view is still empty when one comes back. */
const scrolled = new Map<string, number>();
const PATIENCE = 3000;

/** Where one was before, as soon as the view is as long as that again; the top where it is new. */
function takeUp(path: string, y: number, until = performance.now() + PATIENCE): void {
  if (location.hash !== path || scrollY > 0) return;
  if (document.documentElement.scrollHeight - innerHeight >= y || performance.now() > until) return scrollTo(0, y);
  setTimeout(() => takeUp(path, y, until), 50);
}

if (typeof window !== "undefined") {
  history.scrollRestoration = "manual";
  addEventListener("click", (event) => {
    onward = (event.target as Element).closest?.("a[href^='#']") !== null;
  }, { capture: true });
  addEventListener("scroll", () => scrolled.set(location.hash, scrollY), { passive: true });
  addEventListener("hashchange", (event) => {
    const y = onward ? 0 : (scrolled.get(location.hash) ?? 0);
    onward = false;
    const moved = parseHash(new URL(event.oldURL).hash).path.join("/") !== current().path.join("/");
    listeners.forEach((listener) => listener());
    if (!moved) return;
    scrollTo(0, 0);
    takeUp(location.hash, y);
  });
}

export function useRoute(): Route {
  const [route, set] = useState(current);
  useEffect(() => {
    const listener = (): void => set(current());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return route;
}
