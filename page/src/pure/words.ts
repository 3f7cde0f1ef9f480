/** Keys of the record as people read them. */
import type { When } from "../api/types";
import { whenWords } from "./days";

let labels: ReadonlyMap<string, string> = new Map();

/** Event types as the vocabulary calls them, to be said from now on. */
export const callTypes = (types: readonly { id: string; label: string }[]): void => void (labels = new Map(types.map((type) => [type.id, type.label])));

const SHORT: Record<string, string> = { igo: "IGO", ngo: "NGO" };

/** A key without its underscores; an event type by its label: "disaster_natural" → "natural disaster". */
export const spaced = (key: string): string => labels.get(key) ?? SHORT[key] ?? key.replace(/_/g, " ");

/** The same as it begins a line: "Natural disaster". */
export function plain(key: string): string {
  const said = spaced(key);
  return said.charAt(0).toLocaleUpperCase() + said.slice(1);
}


export const many = (count: number, one: string, more = `${one}s`): string => `${count.toLocaleString("en")} ${count === 1 ? one : more}`;

/** A number with its bounds, as short as it can be said. */
export function bounds(low: number | null, best: number | null, high: number | null): string {
  const say = (value: number): string => value.toLocaleString("en");
  if (best !== null && (low === null || low === best) && (high === null || high === best)) return say(best);
  if (low !== null && high !== null) return `${say(low)}–${say(high)}`;
  if (low !== null) return `${say(low)} or more`;
  if (high !== null) return `up to ${say(high)}`;
  return best === null ? "not told" : say(best);
}

/** An address that may be opened on a click; anything but the web is none. */
export function webAddress(address: string | null): string | null {
  if (!address || !URL.canParse(address)) return null;
  const { protocol } = new URL(address);
  return protocol === "https:" || protocol === "http:" ? address : null;
}

/** "12/v3" → ["12", "v3"]. */
export function handleParts(handle: string): [string, string] {
  const bare = handle.replace(/^incident:/, "");
  const at = bare.indexOf("/");
  return [bare.slice(0, at), bare.slice(at + 1)];
}

const REGIONS = new Intl.DisplayNames("en", { type: "region" });

/** "SY" → "Syria"; what is no code stays as it is. */
export const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (REGIONS.of(code) ?? code) : code);

const CODED = ["type", "measure", "act", "change", "status", "mode", "kind", "form"];
const ASIDE = ["id", "codes", "sentence", "mentions", "section"];

/** The fields of a value that say something to a person, in their order; what is not the case ("negated no") is left out. */
export const fieldsSaid = (...bodies: readonly (Record<string, unknown> | null)[]): string[] =>
  [...new Set(bodies.flatMap((body) => Object.keys(body ?? {})))].filter((name) => !ASIDE.includes(name) && bodies.some((body) => body && body[name] !== false && said(body[name]) !== "—"));

const COUNTED: Record<string, string> = { flow: "new ones", total: "all so far", stock: "at that moment" };

/** A field of a value as a person can read it. */
export function fieldSaid(name: string, value: unknown, names: Record<string, string> = {}): string {
  if (name === "when" && value) return whenWords(value as When);
  if (name === "counts" && typeof value === "string") return COUNTED[value] ?? value;
  if (CODED.includes(name) && typeof value === "string") return spaced(value);
  return said(value, names);
}

/** What somebody does, of one: "deny" → "denies", "claim_responsibility" → "claims responsibility". */
export function does(act: string): string {
  const [verb = "", ...rest] = act.split("_");
  const ends = /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : /(s|sh|ch|x|z)$/.test(verb) ? `${verb}es` : `${verb}s`;
  return act === "other" ? "says" : [ends, ...rest].join(" ");
}

/** Any value of the API as a person can read it. */
export function said(value: unknown, names: Record<string, string> = {}): string {
  if (value === null || value === undefined) return "—";
  if (typeof value === "string") return names[value] ?? value;
  if (typeof value === "number" || typeof value === "boolean") return value === true ? "yes" : value === false ? "no" : String(value);
  if (Array.isArray(value)) return value.length ? value.map((one) => said(one, names)).join(", ") : "—";
  const inside = value as Record<string, unknown>;
  if (typeof inside.text === "string" && "start" in inside) return `“${inside.text}”`;
  if ("from" in inside && "to" in inside) return `${said(inside.from)} … ${said(inside.to)}`;
  if ("role" in inside) return `${said(inside.role)}: ${said(inside.entity ?? inside.span, names)}`;
  if ("entity" in inside) return `${said(inside.relation)} ${said(inside.entity ?? inside.span, names)}`;
  return Object.entries(inside).filter(([, one]) => one !== null).map(([key, one]) => `${key} ${said(one, names)}`).join(", ");
}
