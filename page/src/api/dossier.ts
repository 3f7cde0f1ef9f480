/** The one-file page: what the server would answer, filtered and counted here. */
import { problemNotThere } from "./problems";

export interface Dossier {
  made_at: string; dateline: string; title: string; note: string | null; rounded_to: number | null;
  private_persons_hidden: boolean; people_hidden: number; count: number; keys: string[]; answers: Record<string, unknown>;
}

type Row = Record<string, unknown>;
type Test = (row: Row, query: URLSearchParams) => boolean;

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const part = (row: Row, ...path: string[]): unknown => path.reduce<unknown>((at, key) => (at && typeof at === "object" ? (at as Row)[key] : null), row);
const oneOf = (query: URLSearchParams, name: string, value: unknown): boolean => !query.has(name) || query.getAll(name).includes(text(value));

const LISTS: Record<string, Test> = {
  "/api/figures": (row, query) =>
    oneOf(query, "measure", row.measure) && oneOf(query, "place", part(row, "where", "key")) && days(row, query),
  "/api/statements": (row, query) => oneOf(query, "speaker", part(row, "speaker", "key")) && oneOf(query, "act", row.act) && days(row, query),
  "/api/places": (row, query) => begins(part(row, "place", "name"), query) && named(row, query),
  "/api/actors": (row, query) => begins(row.name, query) && oneOf(query, "kind", row.kind) && named(row, query),
  "/api/reports": (row, query) => oneOf(query, "source", row.source),
  "/api/incidents": (row, query) =>
    oneOf(query, "type", row.type) && oneOf(query, "status", row.status) && holdsWords(row, query) && oneOf(query, "place", part(row, "where", "key")) &&
    (!query.has("actor") || (row.actors as Row[]).some((actor) => query.getAll("actor").includes(text(actor.key)))) && days(row, query) && inFrame(row, query),
};

/** The answer to a question, from the file. */
export function answerFrom<T>(dossier: Dossier, path: string, query: URLSearchParams): Promise<T> {
  const plain = decodeURIComponent(path);
  if (path === "/api/incidents/matches") return Promise.resolve(matches(dossier, query) as T);
  if (path === "/api/towns") return Promise.resolve({ count: 0, items: [] } as T);
  const whole = dossier.answers[path] ?? dossier.answers[plain];
  if (whole === undefined) return Promise.reject(problemNotThere(plain));
  const test = LISTS[plain];
  if (!test) return Promise.resolve(whole as T);
  const items = ((whole as { items: Row[] }).items ?? []).filter((row) => test(row, query));
  return Promise.resolve({ count: items.length, items, next: null } as T);
}

function matches(dossier: Dossier, query: URLSearchParams): unknown {
  const incidents = dossier.answers["/api/incidents"] as { items: Row[] } | undefined;
  const points = dossier.answers["/api/incidents/points"] as { revision: string } | undefined;
  const test = LISTS["/api/incidents"]!;
  const rows = (incidents?.items ?? []).filter((row) => test(row, query)).map((row) => row.row as number).sort((a, b) => a - b);
  return { revision: points?.revision ?? "", count: rows.length, rows };
}

const named = (row: Row, query: URLSearchParams): boolean => query.get("named") !== "true" || row.named !== false;

function begins(value: unknown, query: URLSearchParams): boolean {
  return text(value).toLocaleLowerCase().startsWith((query.get("starts") ?? "").toLocaleLowerCase());
}

function holdsWords(row: Row, query: URLSearchParams): boolean {
  const whole = JSON.stringify([row.words, row.actors, row.where, row.type]).toLocaleLowerCase();
  return (query.get("words") ?? "").toLocaleLowerCase().split(/\s+/).every((word) => whole.includes(word));
}

function days(row: Row, query: URLSearchParams): boolean {
  const from = text(part(row, "when", "from")).slice(0, 10);
  const to = text(part(row, "when", "to")).slice(0, 10);
  const since = query.get("since");
  const until = query.get("until");
  return !(since && to && to < since) && !(until && from && from > until);
}

function inFrame(row: Row, query: URLSearchParams): boolean {
  const box = query.get("bbox")?.split(",").map(Number);
  if (!box) return true;
  const lat = part(row, "where", "lat");
  const lon = part(row, "where", "lon");
  if (typeof lat !== "number" || typeof lon !== "number") return false;
  return lon >= box[0]! && lat >= box[1]! && lon <= box[2]! && lat <= box[3]!;
}
