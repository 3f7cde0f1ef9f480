import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { dossier } from "../api/client";
import type { Chain, Explanation, ReportDetail } from "../api/types";
import { ActorLink, ChainLine, Days, Heading, Shown, incidentAddress, useAnswer } from "../parts/pieces";
import { Mark, Stretch, stretches } from "../pure/marks";
import { WORDS, marksOf, stepsOf } from "../pure/readings";
import { publishedWords } from "../pure/days";
import { Edge } from "../pure/utf16";
import { bounds, does, fieldSaid, fieldsSaid, handleParts, plain, webAddress } from "../pure/words";
import { href, setValues, useRoute } from "../route";

/** A report with all that was read from it marked in its words. */
export function ReaderPage({ report }: { report: string }) {
  const answer = useAnswer<ReportDetail>(`/api/reports/${encodeURIComponent(report)}`);
  return <main id="main" class="sheet wide"><Shown answer={answer}>{(detail) => <Reader key={detail.report} detail={detail} />}</Shown></main>;
}

function Reader({ detail }: { detail: ReportDetail }) {
  const { query } = useRoute();
  const { report } = detail.reading;
  const edge = useMemo(() => new Edge(report.text), [report.text]);
  const marks = useMemo(() => marksOf(detail.reading), [detail.reading]);
  const shown = useMemo(() => new Set(query.has("show") ? query.getAll("show") : ["events", "statements", "figures", "control", "actors", "places"]), [query]);
  const steps = useMemo(() => stepsOf(marks, shown), [marks, shown]);
  const chosen = query.get("item");
  const [pointed, point] = useState<string | null>(null);
  useKeys(steps, chosen);
  useScroll(chosen, query.get("s"));
  const sentence = query.get("s")?.split("-").map(Number) ?? null;
  const address = webAddress(report.url);
  return (
    <article class="reader" data-pointed={pointed ?? ""}>
      <Heading names title={<bdi>{report.title ?? `Report ${detail.report}`}</bdi>}>
        <bdi>{report.source ?? "unknown outlet"}</bdi>{detail.agency && <> · copy of <bdi>{detail.agency}</bdi></>} · {publishedWords(report.published.date)}{!detail.current && <> · <strong>an old version</strong></>}
        {address && <> · <a href={address} target="_blank" rel="noopener noreferrer nofollow">open at its address</a></>}
        {detail.copies.length > 0 && <> · shares its words with {detail.copies.map((copy, n) => <>{n > 0 && ", "}<a href={href(["report", copy.report])}>report {copy.report}</a></>)}</>}
      </Heading>
      <Toggles shown={shown} />
      <div class="reading-frame">
        <div class="pages">
          {sectionsOf(detail).map((section, n) => (
            <section key={n} class={`part ${section.kind}`}>
              <p dir="auto" class="text">{stretches(section.start, section.end, marks.filter((mark) => shown.has(mark.word)), sentence ?? []).map((piece, m) => (
                <Piece key={m} piece={piece} edge={edge} chosen={chosen} pointed={pointed} point={point} lit={sentence !== null && piece.start < sentence[1]! && piece.end > sentence[0]!} />
              ))}</p>
              <Margin detail={detail} start={section.start} end={section.end} chosen={chosen} point={point} />
            </section>
          ))}
        </div>
        <aside class={chosen ? "why" : "why idle"} aria-label="The chosen value" aria-live="polite">{chosen ? <Value detail={detail} item={chosen} /> : <p class="quiet">Choose marked words to see what was read from them and why. Keys: <kbd>j</kbd> next value, <kbd>k</kbd> the one before, <kbd>Esc</kbd> none.</p>}</aside>
      </div>
    </article>
  );
}

/** The parts of the report, and what lies between them, so that no word is left out. */
function sectionsOf(detail: ReportDetail): { kind: string; start: number; end: number }[] {
  const { sections, text } = detail.reading.report;
  const found: { kind: string; start: number; end: number }[] = [];
  const edge = new Edge(text);
  let at = 0;
  for (const section of [...sections].sort((a, b) => a.start - b.start)) {
    if (edge.slice(at, section.start).trim()) found.push({ kind: "paragraph", start: at, end: section.start });
    if (section.end > at) found.push({ ...section, start: Math.max(at, section.start) });
    at = Math.max(at, section.end);
  }
  if (edge.slice(at, edge.points).trim()) found.push({ kind: "paragraph", start: at, end: edge.points });
  return found;
}

function Piece({ piece, edge, chosen, pointed, point, lit }: { piece: Stretch; edge: Edge; chosen: string | null; pointed: string | null; point: (id: string | null) => void; lit: boolean }) {
  const words = edge.slice(piece.start, piece.end);
  const [inner] = piece.marks;
  if (!inner) return <span class={lit ? "lit" : undefined} data-start={piece.start}>{words}</span>;
  const classes = ["mark", ...new Set(piece.marks.map((mark) => `is-${mark.word}`))];
  if (piece.marks.some((mark) => mark.id === chosen)) classes.push("chosen");
  if (piece.marks.some((mark) => mark.id === pointed)) classes.push("pointed");
  if (lit) classes.push("lit");
  const next = (): string => piece.marks[(piece.marks.findIndex((mark) => mark.id === chosen) + 1) % piece.marks.length]!.id;
  return (
    <span class={classes.join(" ")} data-start={piece.start} data-ids={piece.marks.map((mark) => mark.id).join(" ")} title={piece.marks.map((mark: Mark) => `${mark.id} ${mark.word}`).join(", ")}
      onClick={() => setValues({ item: next() })} onMouseEnter={() => point(inner.id)} onMouseLeave={() => point(null)}>{words}</span>
  );
}

function Toggles({ shown }: { shown: ReadonlySet<string> }) {
  return (
    <div class="toggles" role="group" aria-label="What is marked">
      {WORDS.map((word) => (
        <button key={word} class={`toggle is-${word}`} aria-pressed={shown.has(word)} onClick={() => setValues({ show: WORDS.filter((other) => (other === word ? !shown.has(other) : shown.has(other))) })}>{word}</button>
      ))}
    </div>
  );
}

/** Who says what, beside the words. */
function Margin({ detail, start, end, chosen, point }: { detail: ReportDetail; start: number; end: number; chosen: string | null; point: (id: string | null) => void }) {
  const inside = (span: { start: number } | null | undefined): boolean => span !== null && span !== undefined && span.start >= start && span.start < end;
  const { reading, names } = detail;
  const notes = [
    ...reading.statements.filter((one) => inside(one.cue ?? one.content[0])).map((one) => ({ id: one.id, word: "statements", at: (one.cue ?? one.content[0])!.start, what: <><bdi>{one.speaker ? (names[one.speaker] ?? one.speaker) : "somebody"}</bdi> <em>{does(one.act)}{one.mode === "direct" ? ", in their words" : ""}</em></> })),
    ...reading.events.filter((one) => inside(one.trigger)).map((one) => ({ id: one.id, word: "events", at: one.trigger.start, what: <>{plain(one.type)}{one.status !== "occurred" && <em> {one.status}</em>}</> })),
    ...reading.figures.filter((one) => inside(one.span)).map((one) => ({ id: one.id, word: "figures", at: one.span.start, what: <>{plain(one.measure)} {one.approximate ? "about " : ""}{bounds(one.low, one.best, one.high)}</> })),
    ...reading.control.filter((one) => inside(one.span)).map((one) => ({ id: one.id, word: "control", at: one.span.start, what: <><bdi>{names[one.place ?? ""] ?? one.place}</bdi> {one.change.replace(/_/g, " ")}{one.holder && <> by <bdi>{names[one.holder] ?? one.holder}</bdi></>}</> })),
  ].sort((a, b) => a.at - b.at);
  if (!notes.length) return <div class="margin" />;
  return (
    <ul class="margin">{notes.map((note) => (
      <li key={note.id}><button class={`note is-${note.word} ${note.id === chosen ? "chosen" : ""}`} onClick={() => setValues({ item: note.id })} onMouseEnter={() => point(note.id)} onMouseLeave={() => point(null)}>{note.what}</button></li>
    ))}</ul>
  );
}

/** A value of the reading, field by field, with the reason for each. */
function Value({ detail, item }: { detail: ReportDetail; item: string }) {
  const entity = detail.reading.entities.find((one) => one.id === item);
  const answer = useAnswer<Explanation>(entity ? null : `/api/explain/${detail.report}/${encodeURIComponent(item)}`);
  const incident = detail.incidents[item];
  if (entity) {
    const key = detail.worlds[item] ?? null;
    return (
      <div>
        <h2><bdi>{detail.names[item] ?? entity.name}</bdi></h2>
        <p class="quiet">{entity.kind}, {entity.type} · {entity.mentions.length} mentions</p>
        {key && <p>{entity.kind === "place" ? <a href={href(["place", key])}>The place and who held it</a> : <ActorLink actor={{ key, name: dossier ? "All that this file has of this one" : "All that the record has of this one" }} />}</p>}
        <ul class="plain">{entity.mentions.map((one, n) => <li key={n}><a href={href(["report", detail.report], { item, s: `${one.start}-${one.end}` })}><bdi>{one.text}</bdi></a> <span class="quiet">{one.form}</span></li>)}</ul>
      </div>
    );
  }
  return (
    <div>
      <Shown answer={answer}>{(why) => <Why why={why} chain={detail.chains[item] ?? why.chain} />}</Shown>
      {incident && <p><a href={incidentAddress(incident)}>The incident with all its accounts</a></p>}
      <p><a href={href(["review"], { only: `${detail.report}/${item}` })}>Correct this value</a></p>
    </div>
  );
}

const ONE: Record<string, string> = { events: "event", statements: "statement", figures: "figure", relations: "relation", images: "image", times: "time" };

function Why({ why, chain }: { why: Explanation; chain: Chain }) {
  const when = why.body.when as Parameters<typeof Days>[0]["when"] | undefined;
  return (
    <>
      <h2>{titleOf(why)}</h2>
      <p class="quiet">{ONE[why.word] ?? why.word} {handleParts(why.id)[1]}{why.rejected && <> <span class="badge bad">a person rejected it; this is what the machine read</span></>}</p>
      <p><ChainLine chain={chain} /></p>
      <dl class="values">
        {fieldsSaid(why.body).filter((name) => name !== "span").map((name) => (
          <><dt>{name.replace(/_/g, " ")}</dt><dd>{name === "when" && when ? <Days when={when} /> : <bdi>{fieldSaid(name, why.body[name], why.names)}</bdi>}</dd></>
        ))}
      </dl>
      {why.reasons.length > 0 && <details><summary>Why it was read so</summary><ul class="plain">{why.reasons.map((reason, n) => <li key={n}><strong>{reason.field}</strong>: <bdi>{reason.detail}</bdi> <span class="quiet">{reason.rule}{reason.score === null ? "" : `, ${reason.score.toFixed(2)}`}</span></li>)}</ul></details>}
    </>
  );
}

/** What a value is, in a word or two. */
function titleOf({ word, body }: Explanation): string {
  const told = body.type ?? body.measure ?? body.change ?? body.act;
  return typeof told === "string" ? plain(word === "statements" ? does(told) : told) : plain(ONE[word] ?? word);
}

function useKeys(steps: readonly string[], chosen: string | null): void {
  const latest = useRef({ steps, chosen });
  latest.current = { steps, chosen };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (document.querySelector("dialog[open]") || (event.target as Element).closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
      const { steps: all, chosen: now } = latest.current;
      const at = now ? all.indexOf(now) : -1;
      if (event.key === "j" || event.key === "n") setValues({ item: all[Math.min(all.length - 1, at + 1)] ?? null, s: null });
      else if (event.key === "k" || event.key === "p") setValues({ item: all[Math.max(0, at - 1)] ?? null, s: null });
      else if (event.key === "Escape") setValues({ item: null, s: null });
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

function useScroll(chosen: string | null, sentence: string | null): void {
  useEffect(() => {
    const target = sentence ? document.querySelector(".lit") : chosen ? [...document.querySelectorAll<HTMLElement>("[data-ids]")].find((one) => one.dataset.ids!.split(" ").includes(chosen)) : null;
    target?.scrollIntoView({ block: "center", behavior: "instant" });
  }, [chosen, sentence]);
}
