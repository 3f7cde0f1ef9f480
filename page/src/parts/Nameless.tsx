/** Lists of places and actors hold those that reports name; the others ("soldiers", "the town") on request, for they are not one across reports. */
import type { ComponentChildren } from "preact";
import { setValues } from "../route";

/** What such a list is asked for. */
export function askedOf(query: URLSearchParams): string {
  const asked = new URLSearchParams();
  if (query.get("starts")) asked.set("starts", query.get("starts")!);
  if (query.get("nameless") !== "on") asked.set("named", "true");
  return asked.toString();
}

export const Nameless = ({ query, children }: { query: URLSearchParams; children: ComponentChildren }) => (
  <p><label class="check"><input type="checkbox" checked={query.get("nameless") === "on"} onChange={(event) => setValues({ nameless: event.currentTarget.checked ? "on" : null })} /> <span>also {children}</span></label></p>
);
