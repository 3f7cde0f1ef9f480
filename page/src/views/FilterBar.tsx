import { useState } from "preact/hooks";
import { ask } from "../api/client";
import type { NameHit, Vocabulary } from "../api/types";
import { FILTERS } from "../filter";
import type { Columns } from "../pure/columns";
import { plain } from "../pure/words";
import { setValues } from "../route";

/** Words, actors, places, types, status, sources, confidence; what is set stands as chips and in the address. */
export function FilterBar({ vocabulary, columns, query }: { vocabulary: Vocabulary | null; columns: Columns | null; query: URLSearchParams }) {
  const types = columns?.types ?? vocabulary?.event_types.map((type) => type.id) ?? [];
  const statuses = columns?.statuses ?? vocabulary?.finding_statuses ?? [];
  return (
    <div class="filters">
      <form class="row" role="search" onSubmit={(event) => event.preventDefault()}>
        <input class="grow" type="search" placeholder="Words in the reports" aria-label="Words in the reports" value={query.get("words") ?? ""} onChange={(event) => setValues({ words: event.currentTarget.value }, { push: true })} />
      </form>
      <NameField />
      <details class="more">
        <summary>More filters</summary>
        <div class="grid">
          <Choice name="type" label="Type" values={[...types].sort((a, b) => plain(a).localeCompare(plain(b)))} query={query} />
          <Choice name="status" label="Status" values={statuses} query={query} />
          <label>Source<input type="text" value={query.get("source") ?? ""} onChange={(event) => setValues({ source: event.currentTarget.value })} /></label>
          <label>Independent sources, at least<input type="number" min="0" max="50" value={query.get("least_independent") ?? ""} onChange={(event) => setValues({ least_independent: event.currentTarget.value })} /></label>
          <label>Reports, at least<input type="number" min="0" max="500" value={query.get("least_reports") ?? ""} onChange={(event) => setValues({ least_reports: event.currentTarget.value })} /></label>
          <label>Confidence, at least<input type="number" min="0" max="1" step="0.05" value={query.get("least_confidence") ?? ""} onChange={(event) => setValues({ least_confidence: event.currentTarget.value })} /></label>
          <label>Reviewed<select value={query.get("reviewed") ?? ""} onChange={(event) => setValues({ reviewed: event.currentTarget.value })}><option value="">either</option><option value="true">reviewed</option><option value="false">not yet</option></select></label>
          <label>Place<select value={query.get("placed") ?? ""} onChange={(event) => setValues({ placed: event.currentTarget.value })}><option value="">either</option><option value="true">with a place</option><option value="false">without</option></select></label>
        </div>
      </details>
      <Chips query={query} />
    </div>
  );
}

function Choice({ name, label, values, query }: { name: string; label: string; values: readonly string[]; query: URLSearchParams }) {
  const chosen = query.getAll(name);
  return (
    <label>{label}
      <select value="" onChange={(event) => { const { value } = event.currentTarget; if (value) setValues({ [name]: [...chosen, value] }, { push: true }); }}>
        <option value="">{chosen.length ? "add another …" : "any"}</option>
        {values.filter((value) => !chosen.includes(value)).map((value) => <option key={value} value={value}>{plain(value)}</option>)}
      </select>
    </label>
  );
}

/** Actors and places, offered as one types. */
function NameField() {
  const [hits, setHits] = useState<NameHit[]>([]);
  const [typed, setTyped] = useState("");
  const look = (value: string): void => {
    setTyped(value);
    if (value.trim().length < 2) return setHits([]);
    ask<NameHit[]>("/api/names", new URLSearchParams({ starts: value.trim(), limit: "8" })).then((found) => setHits(Array.isArray(found) ? found : []), () => setHits([]));
  };
  const take = (hit: NameHit): void => {
    setValues({ [hit.kind === "place" ? "place" : "actor"]: hit.key }, { push: true });
    setTyped("");
    setHits([]);
  };
  return (
    <div class="names">
      <input type="text" placeholder="Actor or place" aria-label="Actor or place" autocomplete="off" value={typed} onInput={(event) => look(event.currentTarget.value)}
        onKeyDown={(event) => { if (event.key === "Enter" && hits[0]) take(hits[0]); if (event.key === "Escape") setHits([]); }} />
      {hits.length > 0 && <ul class="offers">{hits.map((hit) => <li key={hit.key}><button onClick={() => take(hit)}><bdi>{hit.name}</bdi> <span class="quiet">{hit.type}{hit.country ? `, ${hit.country}` : ""}</span></button></li>)}</ul>}
    </div>
  );
}

function Chips({ query }: { query: URLSearchParams }) {
  const set = FILTERS.flatMap((name) => query.getAll(name).map((value) => [name, value] as const));
  if (!set.length) return null;
  return (
    <ul class="chips" aria-label="Filters that are set">
      {set.map(([name, value]) => (
        <li key={name + value}><button class="chip" title="Take this filter away" onClick={() => setValues({ [name]: query.getAll(name).filter((other) => other !== value) }, { push: true })}><span class="quiet">{name.replace(/_/g, " ")}</span> <bdi>{name === "type" || name === "status" ? plain(value) : value}</bdi> ×</button></li>
      ))}
      <li><button class="chip clear" onClick={() => setValues(Object.fromEntries(FILTERS.map((name) => [name, null])), { push: true })}>clear all</button></li>
    </ul>
  );
}
