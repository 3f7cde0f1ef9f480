import { useState } from "preact/hooks";
import type { Found, IncidentRow, ReportRow, Vocabulary } from "../api/types";
import { isFiltered, isTurned, serverFilter } from "../filter";
import { Heading, More, Shown, Trouble, useAnswer, useList } from "../parts/pieces";
import { Turned } from "../parts/Turned";
import { publishedWords } from "../pure/days";
import { many } from "../pure/words";
import { href, setValues, useRoute } from "../route";
import { FilterBar } from "./FilterBar";
import { IncidentCard } from "./IncidentCard";

/** Words, actors, places, days, types, status, sources and confidence; the address is the saved search. */
export function SearchPage({ vocabulary }: { vocabulary: Vocabulary | null }) {
  const { query } = useRoute();
  const list = useList<IncidentRow>("/api/incidents", serverFilter(query).toString(), 40);
  const turned = isTurned(query);
  const words = query.get("words") ?? "";
  const found = useAnswer<Found>(words ? "/api/search" : null, words ? new URLSearchParams({ words }).toString() : "");
  return (
    <main id="main" class="sheet">
      <Heading title="Search">{list.count !== null && !turned && <>{many(list.count, "incident")} · </>}this address is the search: <CopyLink /> or keep it as a bookmark</Heading>
      <FilterBar vocabulary={vocabulary} columns={null} query={query} />
      <div class="row wrap">
        <label class="field">from <input type="date" value={query.get("since") ?? ""} onChange={(event) => setValues({ since: event.currentTarget.value })} /></label>
        <label class="field">to <input type="date" value={query.get("until") ?? ""} onChange={(event) => setValues({ until: event.currentTarget.value })} /></label>
        <a class="button" href={href(["map"], serverFilter(query))}>Show on the map</a> {!turned && <a class="button" href={href(["share"], serverFilter(query))}>Share this selection</a>}
      </div>
      <Turned query={query} />
      {!turned && list.count === 0 && !list.waiting && !isFiltered(query) && <p class="lead">The record holds no incident yet.</p>}
      {!turned && list.count === 0 && !list.waiting && isFiltered(query) && <p class="lead">No incident answers all of this. Take a filter away (×), widen the days, or search for fewer words; words are found whole, as they are written.</p>}
      {!turned && <div class="columns">
        <section aria-label="Incidents"><h2>{list.count === null ? "Incidents" : many(list.count, "incident")}</h2>{list.problem && <Trouble problem={list.problem} />}<ol class={list.waiting ? "cards waiting" : "cards"}>{list.items.map((row) => <IncidentCard key={row.id} row={row} chosen={false} />)}</ol><More list={list} /></section>
        {words && <Shown answer={found}>{(value) => <section aria-label="Reports"><h2>{many(value.count, "report")} with these words</h2>
          {value.names.length > 0 && <p>{value.names.map((name, n) => <>{n > 0 && " · "}<a href={href([name.kind === "place" ? "place" : "actor", name.key])}><bdi>{name.name}</bdi></a></>)}</p>}
          <ReportList rows={value.reports} /></section>}</Shown>}
      </div>}
    </main>
  );
}

function CopyLink() {
  const [told, tell] = useState("copy the link");
  const copy = (): void => void navigator.clipboard.writeText(location.href).then(() => tell("copied"), () => tell("this browser does not let it be copied"));
  return <button class="linklike" aria-live="polite" onClick={copy}>{told}</button>;
}

export function ReportList({ rows }: { rows: readonly ReportRow[] }) {
  return <ol class="cards">{rows.map((row) => (
    <li class="card" key={row.report}><a href={href(["report", row.report])}>
      <span class="card-words"><bdi>{row.title ?? `Report ${row.report}`}</bdi></span>
      {row.words && <span class="quiet"><bdi>{row.words}{/[.!?”"]$/.test(row.words) ? "" : " …"}</bdi></span>}
      <span class="card-foot"><bdi>{row.source ?? "unknown outlet"}</bdi>{row.agency && <> · <bdi>{row.agency}</bdi></>} · {publishedWords(row.published.date)}</span>
    </a></li>))}</ol>;
}

/** All reports of the record, and what was set aside. */
export function ReportsPage() {
  const list = useList<ReportRow>("/api/reports", "", 60);
  const refused = useList<{ input: string; reason: string; mend: string }>("/api/refusals", "", 50);
  return (
    <main id="main" class="sheet">
      <Heading title="Reports">{list.count === null ? "" : many(list.count, "report")}</Heading>
      {list.problem && <Trouble problem={list.problem} />}
      {list.count === 0 && <p class="lead">The record holds no report yet. Reports come in with <code>dateline read PATH --into RECORD</code>, and stand here as soon as they have.</p>}
      <ReportList rows={list.items} />
      <More list={list} />
      {(refused.count ?? 0) > 0 && <section><h2>{many(refused.count!, "input")} set aside</h2><ul class="plain">{refused.items.map((one, n) => <li key={n}><strong><bdi>{one.input}</bdi></strong>: <bdi>{one.reason}</bdi> — <bdi>{one.mend}</bdi></li>)}</ul></section>}
    </main>
  );
}
