import { useEffect, useRef, useState } from "preact/hooks";
import { tell } from "../api/client";
import type { Agreement, Conflict, Entry, Explanation, ItemHistory, Meta, NewCorrection, Page, Problem, Progress, Queue, QueueItem } from "../api/types";
import { ChainLine, Heading, Trouble, problemOf, useAnswer, valueAddress } from "../parts/pieces";
import { cutAround } from "../pure/around";
import { fieldsOf } from "../pure/fields";
import { publishedWords } from "../pure/days";
import { fieldSaid, fieldsSaid, handleParts, many, spaced } from "../pure/words";
import { setValues, useRoute } from "../route";
import { Several } from "./Several";

/** Whether this person may judge, and whom to tell when one has. */
export interface Judging { may: boolean; user: string | null; judged: (id: string) => void }

const KINDS = ["events", "figures", "control"] as const;

/** The queue: most doubt times weight first. Looking changes nothing; only a, c, r and m do. */
export function ReviewPage({ meta }: { meta: Meta }) {
  const { query } = useRoute();
  const only = query.get("only");
  const [turn, setTurn] = useState(0);
  const judged = (): void => setTurn((now) => now + 1);
  const user = meta.user?.name ?? null;
  const may = meta.writable && meta.user !== null && meta.user.role !== "reader";
  return (
    <main id="main" class="sheet wide review">
      <Heading title="Review">Each value stands beside its words. Judge only what you see; looking changes nothing.</Heading>
      {!may && <p class="notice">You may look here, but not judge: {meta.user?.role === "reader" ? "your account is a reader’s; ask an owner for the role of reviewer." : "this record cannot be written to here."}</p>}
      {only ? <Single handle={only} may={may} user={user} judged={judged} /> : query.get("several") === "on" ? <Several may={may} user={user} judged={judged} /> : <Desk may={may} user={user} judged={judged} />}
      <Standing user={user} turn={turn} />
    </main>
  );
}

/** What the queue is asked for: what this reader has not judged, or only what nobody has. */
export const queueAsked = (query: URLSearchParams, more: Record<string, string>): string => {
  const asked = new URLSearchParams(more);
  for (const word of query.getAll("word")) asked.append("word", word);
  if (query.get("mine") !== "false") asked.set("mine", "true");
  return asked.toString();
};

export const Whose = ({ query }: { query: URLSearchParams }) => (
  <label class="check"><input type="checkbox" checked={query.get("mine") === "false"} onChange={(event) => setValues({ mine: event.currentTarget.checked ? "false" : null })} /> only what nobody has judged</label>
);

function Desk({ may, user, judged }: Judging) {
  const { query } = useRoute();
  const filter = queueAsked(query, { limit: "30" });
  const [turned, turn] = useState({ filter, cursor: "" });
  const cursor = turned.filter === filter ? turned.cursor : "";
  const asked = cursor ? `${filter}&cursor=${encodeURIComponent(cursor)}` : filter;
  const queue = useAnswer<Queue>("/api/review/queue", asked);
  const [at, setAt] = useState(0);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => (setDone(new Set()), setAt(0)), [asked]);
  const items = queue.waiting ? [] : (queue.value?.items ?? []);
  const item = items[Math.min(at, items.length - 1)];
  const next = (): void => {
    if (at + 1 < items.length) return setAt(at + 1);
    // Behind the last that is loaded come those that follow it, and behind the very last the first again.
    const further = queue.value?.next ?? "";
    if (further === cursor) (queue.again(), setDone(new Set()), setAt(0));
    else turn({ filter, cursor: further });
  };
  return (
    <>
      <div class="row wrap">
        <label class="field">values <select value={query.get("word") ?? ""} onChange={(event) => setValues({ word: event.currentTarget.value })}><option value="">of every kind</option>{KINDS.map((kind) => <option key={kind} value={kind}>{kind}</option>)}</select></label>
        <Whose query={query} />
        <button class="button small" onClick={() => setValues({ several: "on" }, { push: true })}>Several at once</button>
        <span class="quiet" role="status">{queue.waiting && "Loading …"}{!queue.waiting && queue.value && `${many(queue.value.count - done.size, "value")} wait${queue.value.count - done.size === 1 ? "s" : ""} for you${items.length ? `; this is number ${Math.min(at, items.length - 1) + 1} of the ${items.length} loaded` : ""}`}</span>
      </div>
      {queue.problem && <Trouble problem={queue.problem} />}
      {!queue.waiting && queue.value && !item && <p class="lead">Nothing waits under this filter.</p>}
      {item && <Case key={item.id} item={item} may={may} user={user} blind={item.second && !done.has(item.id)} byHand={false} judged={(id) => (setDone((now) => new Set([...now, id])), judged(id))} next={next} back={() => setAt(Math.max(0, at - 1))} />}
    </>
  );
}

/** One value that somebody came to correct. */
function Single({ handle, may, user, judged }: Judging & { handle: string }) {
  const [report, id] = handleParts(handle);
  const why = useAnswer<Explanation>(`/api/explain/${report}/${encodeURIComponent(id)}`);
  if (why.problem) return <Trouble problem={why.problem} />;
  if (!why.value) return <p class="quiet">Loading …</p>;
  const { value } = why;
  const item: QueueItem = { ...value, source: null, doubt: 0, weight: 0, why: "opened by hand", second: false, entries: [] };
  const leave = (): void => setValues({ only: null });
  return <Case key={handle} item={item} may={may} user={user} blind={false} byHand judged={judged} next={leave} back={leave} />;
}

/** With ``blind`` others have judged the value, and what they said is not shown before this reader has. */
function Case({ item, may, user, blind, byHand, judged, next, back }: Judging & { item: QueueItem; blind: boolean; byHand: boolean; next: () => void; back: () => void }) {
  const [report, id] = handleParts(item.id);
  const [told, setTold] = useState("");
  const history = useAnswer<ItemHistory>(blind ? null : `/api/corrections/of/${report}/${encodeURIComponent(id)}`);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [form, setForm] = useState<"change" | "note" | null>(null);
  const box = useRef<HTMLElement>(null);
  const busy = useRef(false);
  const [kept, keep] = useState<readonly Entry[]>([]);
  // What was just said stands here at once, whenever the log comes.
  const logged = history.value?.entries ?? item.entries;
  const entries = [...logged, ...kept.filter((entry) => !logged.some((other) => other.n === entry.n))];
  const seen = (): boolean => {
    const edge = box.current?.querySelector(".case-words")?.getBoundingClientRect();
    return edge !== undefined && edge.bottom > 0 && edge.top < innerHeight;
  };
  const send = async (correction: Partial<NewCorrection> & { verb: string }, then: () => void): Promise<void> => {
    if (!may || busy.current) return;
    // The queue brings the log along; a value opened by its address waits for it.
    if (byHand && !history.value) return setTold("One moment: the log of this value is on its way.");
    if (!seen()) return setTold("The words are out of sight: scroll to them before you judge.");
    busy.current = true;
    setProblem(null);
    const after = entries.reduce((most, entry) => Math.max(most, entry.n), 0);
    try {
      const entry = await tell<Entry>("POST", "/api/corrections", { report: Number(report), item: id, why: "", after, ...(blind ? { as_read: true } : {}), ...correction });
      keep((now) => [...now, entry]);
      if (correction.verb !== "note") judged(item.id);
      then();
    } catch (fault) {
      setProblem(problemOf(fault));
    } finally {
      busy.current = false;
    }
  };
  const undo = async (): Promise<void> => {
    const last = [...entries].reverse().find((entry) => entry.undone_by === null && entry.verb !== "undo" && entry.who === user);
    if (!last || !may) return setTold("There is nothing of yours to undo.");
    try {
      await tell("POST", `/api/corrections/${last.n}/undo`, { why: "" });
      setTold(`Line ${last.n} (${last.verb}) is undone.`);
      history.again();
      judged("");
    } catch (fault) {
      setProblem(problemOf(fault));
    }
  };
  const judge = (verb: "accept" | "reject"): void => void send({ verb }, next);
  const acts: Record<string, () => void> = { a: () => judge("accept"), r: () => judge("reject"), c: () => setForm("change"), m: () => setForm("note"), n: next, j: next, p: back, k: back, u: () => void undo(), Escape: () => setForm(null) };
  useCaseKeys(acts);
  return (
    <section class="case" ref={box} aria-label={`Value ${item.id}`}>
      <p class="card-top"><strong>{item.word.replace(/s$/, "")}</strong> <a href={valueAddress(item.id)}>{item.id}</a> <span class="quiet"><bdi>{item.title ?? item.source ?? ""}</bdi> {publishedWords(item.published)}</span> <span class="badge warn" title={`doubt ${item.doubt.toFixed(2)} × weight ${item.weight.toFixed(2)}`}>{item.why.replace(/_/g, " ")}</span></p>
      <Around item={item} />
      <p><ChainLine chain={item.chain} /></p>
      {blind && <p class="quiet">Another reader has judged this. You see what the machine read; what the other said stands here once you have judged it too.</p>}
      <Compare item={item} history={history.value} blind={blind} />
      {may && <Acts acts={acts} />}
      {form === "change" && <ChangeForm item={item} send={(correction) => void send(correction, () => { setForm(null); history.again(); setTold("Kept. The machine’s value stays beside it."); })} />}
      {form === "note" && <NoteForm send={(why) => void send({ verb: "note", why }, () => { setForm(null); history.again(); setTold("The note is kept."); })} />}
      <p role="status" class="quiet">{told}</p>
      {problem && <Trouble problem={problem} />}
      <History entries={entries} names={item.names} blind={blind} />
    </section>
  );
}

function Around({ item }: { item: QueueItem }) {
  return <blockquote class="case-words" dir="auto">{cutAround(item.around, item.spans.map((span) => span.text)).map((piece, n) => (piece.hit ? <mark key={n}>{piece.text}</mark> : <span key={n}>{piece.text}</span>))}</blockquote>;
}

/** The machine's value beside what the record answers with now. */
function Compare({ item, history, blind }: { item: QueueItem; history: ItemHistory | null; blind: boolean }) {
  const machine = history?.machine ?? item.body;
  const now = history ? history.now : item.body;
  const fields = fieldsSaid(machine, now);
  return (
    <div class="scroll-x"><table class="compare">
      <thead><tr><th>field</th><th>the machine read</th>{!blind && <th>now</th>}</tr></thead>
      <tbody>
        {fields.map((name) => {
          const before = fieldSaid(name, machine[name], item.names);
          const after = now ? fieldSaid(name, now[name], item.names) : "rejected";
          return <tr key={name} class={before === after ? "" : "differs"}><th scope="row">{name.replace(/_/g, " ")}</th><td><bdi>{before}</bdi></td>{!blind && <td><bdi>{after}</bdi></td>}</tr>;
        })}
      </tbody>
    </table></div>
  );
}

const NAMES: readonly (readonly [string, string])[] = [["a", "accept"], ["c", "change"], ["r", "reject"], ["m", "note"], ["u", "undo"], ["p", "back"], ["n", "next"]];

const Acts = ({ acts }: { acts: Record<string, () => void> }) => (
  <div class="row wrap acts" role="group" aria-label="Judge">{NAMES.map(([key, name]) => <button key={key} class={`button act-${name}`} onClick={acts[key]}><kbd>{key}</kbd> {name}</button>)}</div>
);

function ChangeForm({ item, send }: { item: QueueItem; send: (correction: { verb: string; field: string; value: unknown; why: string }) => void }) {
  const fields = fieldsOf(item.word, item.body);
  const [field, setField] = useState(fields[0]?.name ?? "");
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => first.current?.focus(), []);
  const chosen = fields.find((one) => one.name === field);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    send({ verb: "change", field, value: chosen ? chosen.read(String(data.get("value") ?? "")) : null, why: String(data.get("why") ?? "") });
  };
  return (
    <form class="row wrap form" onSubmit={submit}>
      <label class="field">field <select ref={first} value={field} onChange={(event) => setField(event.currentTarget.value)}>{fields.map((one) => <option key={one.name} value={one.name}>{one.name.replace(/_/g, " ")}</option>)}</select></label>
      <label class="field">is {chosen?.choices ? <select key={field} name="value">{chosen.choices.map((choice) => <option key={choice} value={choice} selected={choice === chosen.was}>{choice}</option>)}</select> : <input key={field} name="value" value={chosen?.was ?? ""} placeholder={chosen?.hint ?? ""} />}</label>
      <label class="field">because <input name="why" /></label>
      <button class="button strong" type="submit">Keep the change</button>
    </form>
  );
}

function NoteForm({ send }: { send: (why: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return <form class="row wrap form" onSubmit={(event) => { event.preventDefault(); if (field.current?.value.trim()) send(field.current.value.trim()); }}><label class="field grow">note <input ref={field} /></label><button class="button strong" type="submit">Keep the note</button></form>;
}

function History({ entries, names, blind }: { entries: readonly Entry[]; names: Record<string, string>; blind: boolean }) {
  if (!entries.length && blind) return <p class="quiet">You have not judged this value yet.</p>;
  if (!entries.length) return <p class="quiet">Nobody has judged this value yet.</p>;
  return (
    <details open><summary>{many(entries.length, "line")} of the log</summary>
      <ol class="plain">{entries.map((entry) => (
        <li key={entry.n} class={entry.undone_by === null ? "" : "undone"}><strong>{entry.verb}</strong>{entry.field && <> {entry.field.replace(/_/g, " ")}: <bdi>{fieldSaid(entry.field, entry.was, names)}</bdi> → <bdi>{fieldSaid(entry.field, entry.value, names)}</bdi></>} — <bdi>{entry.who}</bdi>, {entry.at.slice(0, 16).replace("T", " ")}{entry.why && <>: <bdi>{entry.why}</bdi></>}{entry.fits === false && <> · no longer fits: <bdi>{entry.reason}</bdi></>}</li>
      ))}</ol>
    </details>
  );
}

/** How far the review is, how far two readers agree, and where they do not. */
function Standing({ user, turn }: { user: string | null; turn: number }) {
  const progress = useAnswer<Progress>("/api/review/progress");
  const conflicts = useAnswer<Page<Conflict>>("/api/review/conflicts");
  const people = progress.value?.people ?? [];
  const [name, setName] = useState("");
  const agreement = useAnswer<Agreement>(name && user ? "/api/review/agreement" : null, new URLSearchParams({ a: user ?? "", b: name }).toString());
  const other = name ? agreement.value : null;
  useEffect(() => {
    if (turn) [progress, conflicts, agreement].forEach((answer) => answer.again());
  }, [turn]);
  const { value } = progress;
  return (
    <section class="standing" aria-label="Progress">
      <h2>How far</h2>
      {progress.problem && <Trouble problem={progress.problem} />}
      {value && <><p>{value.judged.toLocaleString("en")} of {many(value.of, "value")} judged</p><ul class="plain bars">{value.words.map((share) => <li key={share.name}><label>{share.name} <meter min={0} max={Math.max(1, share.of)} value={share.judged} /></label> <span class="quiet">{share.judged.toLocaleString("en")} of {share.of.toLocaleString("en")}</span></li>)}</ul></>}
      {people.length > 0 && <p>By {people.map((one, n) => <>{n > 0 && ", "}<bdi>{one.name}</bdi> {one.judged.toLocaleString("en")}</>)}</p>}
      {people.length > 1 && user && <p><label class="field">my agreement with <select value={name} onChange={(event) => setName(event.currentTarget.value)}><option value="">…</option>{people.filter((one) => one.name !== user).map((one) => <option key={one.name} value={one.name}>{one.name}</option>)}</select></label>{other && <span role="status"> {other.both ? `of ${many(other.both, "value")} that both judged ${other.alike} alike (${Math.round(100 * other.alike / other.both)} %)` : "nothing that both judged"}{other.kappa !== null && `, Cohen’s kappa ${other.kappa.toFixed(2)}`}</span>}</p>}
      {(conflicts.value?.count ?? 0) > 0 && <><h3>{many(conflicts.value!.count, "value")} on which two persons differ</h3><ul class="plain">{conflicts.value!.items.map((one, n) => <li key={n}><a href={`#/review?only=${encodeURIComponent(one.id)}`}>{one.id}</a>{one.field && ` ${spaced(one.field)}`}: {one.entries.map((entry) => `${entry.who}: ${verdictSaid(entry, one.field)}`).join(" · ")}</li>)}</ul></>}
    </section>
  );
}

/** "rejects it", "accepts it", "says denied". */
const verdictSaid = (entry: Entry, field: string | null): string =>
  entry.verb === "reject" && entry.field === null ? "rejects it" : entry.field === null || field === null ? "takes it" : `says ${fieldSaid(entry.field, entry.value)}`;

function useCaseKeys(acts: Record<string, () => void>): void {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (document.querySelector("dialog[open]")) return;
      const typing = (event.target as Element).closest("input, select, textarea");
      if ((typing && event.key !== "Escape") || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const act = latest.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
