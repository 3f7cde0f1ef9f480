/** The small parts that every view is made of. Text goes in as text; names stand in isolates, so that no script turns its neighbour round. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { NO_ANSWER, Refused, ask, dossier, onReturn } from "../api/client";
import { NotThere } from "../api/problems";
import type { Account, Chain, Named, Page, Point, Problem, Span, When } from "../api/types";
import { whenWords } from "../pure/days";
import { told } from "../pure/people";
import { handleParts, plain } from "../pure/words";
import { href } from "../route";

/** What counts are of in a one-file page, which tells of its own incidents only. */
export const IN_THESE = dossier ? " in these incidents" : "";
export const BY_THESE = "As the reports of these incidents alone tell it.";

export interface Answer<T> { value: T | null; problem: Problem | null; waiting: boolean; again: () => void }

/** An answer of the API, kept until another comes, so that nothing flickers. */
export function useAnswer<T>(path: string | null, query: string = ""): Answer<T> {
  const [state, set] = useState<{ value: T | null; problem: Problem | null; waiting: boolean }>({ value: null, problem: null, waiting: true });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (!path) return;
    const stop = new AbortController();
    set((now) => ({ ...now, waiting: true }));
    ask<T>(path, new URLSearchParams(query), stop.signal).then(
      (value) => !stop.signal.aborted && set({ value, problem: null, waiting: false }),
      (fault: unknown) => !stop.signal.aborted && set({ value: null, problem: problemOf(fault), waiting: false }),
    );
    return () => stop.abort();
  }, [path, query, turn]);
  useReturn(state.problem, () => setTurn((now) => now + 1));
  return { ...state, again: () => setTurn(turn + 1) };
}

/** Asks anew once a server that did not answer answers again. */
function useReturn(problem: Problem | null, again: () => void): void {
  const latest = useRef(again);
  latest.current = again;
  useEffect(() => (problem?.type === NO_ANSWER ? onReturn(() => latest.current()) : undefined), [problem?.type]);
}

/** What a refusal says; a fault of the page itself is not swallowed. */
export function problemOf(fault: unknown): Problem {
  if (fault instanceof Refused || fault instanceof NotThere) return fault.problem;
  throw fault;
}

export interface Long<T> { items: T[]; count: number | null; problem: Problem | null; waiting: boolean; more: (() => void) | null }

/** A list that comes page by page. */
export function useList<T>(path: string, query: string, limit = 50): Long<T> {
  const [state, set] = useState<{ key: string; items: T[]; count: number | null; next: string | null; problem: Problem | null; waiting: boolean }>(
    { key: "", items: [], count: null, next: null, problem: null, waiting: true });
  const key = `${path}?${query}`;
  const load = (cursor: string | null, signal?: AbortSignal): void => {
    const asked = new URLSearchParams(query);
    asked.set("limit", String(limit));
    if (cursor) asked.set("cursor", cursor);
    set((now) => ({ ...now, waiting: true }));
    ask<Page<T>>(path, asked, signal).then(
      (page) => !signal?.aborted && set((now) => ({ key, items: cursor && now.key === key ? [...now.items, ...page.items] : page.items, count: page.count, next: page.next, problem: null, waiting: false })),
      (fault: unknown) => !signal?.aborted && set((now) => ({ ...now, key, problem: problemOf(fault), waiting: false })),
    );
  };
  useEffect(() => {
    const stop = new AbortController();
    const wait = setTimeout(() => load(null, stop.signal), state.key ? 120 : 0);
    return () => { clearTimeout(wait); stop.abort(); };
  }, [key]);
  useReturn(state.problem, () => load(null));
  return { ...state, more: state.next && !state.waiting ? () => load(state.next) : null };
}

export function Trouble({ problem }: { problem: Problem }) {
  const [back, setBack] = useState(false);
  useEffect(() => setBack(false), [problem]);
  useReturn(problem, () => setBack(true));
  if (back) return <div class="notice" role="status"><p>The server answers again.</p></div>;
  const { wrong, given, mend, views } = told(problem);
  return (
    <div class="notice" role="alert">
      <p><strong><bdi>{wrong}</bdi></strong>{given && <> — <bdi>{given}</bdi></>}</p>
      <p><bdi>{mend}</bdi>{views.map(([name, path], n) => <>{n > 0 && " ·"} <a href={href(path)}>{name}</a></>)}</p>
    </div>
  );
}

/** Shows the answer, the trouble, or that it is on its way. */
export function Shown<T>({ answer, children }: { answer: Answer<T>; children: (value: T) => ComponentChildren }) {
  if (answer.problem) return <Trouble problem={answer.problem} />;
  if (!answer.value) return <p class="quiet" role="status">Loading …</p>;
  return <>{children(answer.value)}</>;
}

/** The rest of a list; that its beginning is on its way. */
export function More({ list }: { list: Long<unknown> }) {
  if (list.count === null && !list.problem) return <p class="quiet" role="status">Loading …</p>;
  return list.more ? <button class="button" onClick={list.more}>Show more</button> : null;
}

const TONE: Record<string, string> = {
  uncontested: "plain", "confirmed independently": "good", "confirmed by the other side": "good", confirmed: "good", claimed: "warn", contested: "bad", denied: "bad", open: "plain",
  possible: "warn", conflict: "bad", update: "warn", reported: "plain", occurred: "plain", asserts: "plain", denies: "bad",
};
export const Badge = ({ word, title }: { word: string; title?: string | undefined }) => <span class={`badge ${TONE[word] ?? "plain"}`} title={title}>{word}</span>;

export const Days = ({ when }: { when: When | null }) => <time class="days-words" title={when?.basis ? `basis: ${when.basis}` : undefined}>{whenWords(when)}</time>;

/** A place of the record; a link where it has a page. */
export function PlaceLink({ place }: { place: Point | Named | null }) {
  if (!place) return <span class="quiet">place unknown</span>;
  const relation = "relation" in place && place.relation && !["at", "in"].includes(place.relation) ? `${place.relation.replace(/_/g, " ")} ` : "";
  const radius = "radius_km" in place && place.radius_km && place.radius_km >= 2 ? ` ± ${Math.round(place.radius_km)} km` : "";
  return <>{relation}{place.key ? <a href={href(["place", place.key])}><bdi>{place.name}</bdi></a> : <bdi>{place.name}</bdi>}{radius && <span class="quiet">{radius}</span>}</>;
}

export function ActorLink({ actor }: { actor: Named | null }) {
  if (!actor) return <span class="quiet">unnamed</span>;
  return actor.key ? <a href={href(["actor", actor.key])}><bdi>{actor.name}</bdi></a> : <bdi>{actor.name}</bdi>;
}

/** Outlet → agency → speakers; each speaker's statement opens. */
export function ChainLine({ chain }: { chain: Chain }) {
  const links: ComponentChildren[] = [];
  if (chain.outlet) links.push(<bdi>{chain.outlet}</bdi>);
  if (chain.agency) links.push(<bdi>{chain.agency}</bdi>);
  for (const speaker of chain.speakers) links.push(speaker.statement ? <a href={valueAddress(speaker.statement)}><bdi>{speaker.name}</bdi></a> : <bdi>{speaker.name}</bdi>);
  if (!links.length) return <span class="chain quiet">the report itself</span>;
  return <span class="chain">{links.map((link, n) => <>{n > 0 && <span class="arrow" aria-label="citing"> → </span>}{link}</>)}</span>;
}

/** Where a value's words are read. */
export function valueAddress(handle: string, span?: Span): string {
  const [report, item] = handleParts(handle);
  return href(["report", report], { item, ...(span ? { s: `${span.start}-${span.end}` } : {}) });
}

/** Words of a report, that open where they stand. */
export function Quote({ handle, words, span }: { handle: string; words: string; span?: Span }) {
  return <a class="quote" href={valueAddress(handle, span)} title="Open the words in their report"><bdi>“{words}”</bdi></a>;
}

export const Interested = ({ account }: { account: Pick<Account, "interested"> }) =>
  account.interested ? <span class="badge warn" title={account.interested}>interested source</span> : null;

export const Kind = ({ type }: { type: string }) => <span class="kind">{plain(type)}</span>;

/** The head of a view; with ``names`` it is also what the window and bookmarks are called. */
export function Heading({ title, names = false, children }: { title: ComponentChildren; names?: boolean; children?: ComponentChildren }) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (names && head.current) document.title = `${head.current.textContent} · Dateline`;
  });
  return <header class="heading"><h1 ref={head}>{title}</h1>{children && <div class="under">{children}</div>}</header>;
}

export const incidentAddress = (id: string): string => href(["incident", ...handleParts(id)]);
