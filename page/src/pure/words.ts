/** Keys of the record as people read them. */

/** "armed_clash" → "Armed clash". */
export function plain(key: string): string {
  const spaced = key.replace(/_/g, " ");
  return spaced.charAt(0).toLocaleUpperCase() + spaced.slice(1);
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
