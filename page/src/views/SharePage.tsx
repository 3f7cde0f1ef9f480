import { useState } from "preact/hooks";
import type { IncidentRow } from "../api/types";
import { isTurned, serverFilter } from "../filter";
import { Heading, Trouble, useList } from "../parts/pieces";
import { Turned } from "../parts/Turned";
import { many, plain } from "../pure/words";
import { href, useRoute } from "../route";

/** So many incidents one file may hold (MOST in share.py). */
const MOST = 2000;

/** One file that holds a selection and needs no server. */
export function SharePage() {
  const { query } = useRoute();
  const [title, setTitle] = useState("");
  const [note, setNote] = useState("");
  const [round, setRound] = useState("");
  const [hide, setHide] = useState(true);
  const filter = serverFilter(query);
  const list = useList<IncidentRow>("/api/incidents", filter.toString(), 1);
  const turned = isTurned(query);
  const made = new URLSearchParams(filter);
  made.set("title", title || "A selection of the record");
  if (note) made.set("note", note);
  if (round) made.set("round", round);
  made.set("hide_private_persons", String(hide));
  return (
    <main id="main" class="sheet">
      <Heading title="Share">One file with the map, the time line, the incidents and the reports they rest on. It opens in any browser, without a server and without the network.</Heading>
      {list.problem && <Trouble problem={list.problem} />}
      <p class="lead">{turned ? "Nothing" : list.count === null ? "…" : many(list.count, "incident")} {filter.size ? <>under the filter {[...filter].map(([name, value]) => <span key={name + value} class="badge plain"><bdi>{name.replace(/_/g, " ")} {plain(value)}</bdi></span>)}</> : "in the whole record"}. <a href={href(["search"], filter)}>Choose others</a></p>
      <div class="form stack">
        <label class="field">title <input value={title} onInput={(event) => setTitle(event.currentTarget.value)} maxLength={200} /></label>
        <label class="field">note for the readers <textarea rows={3} value={note} onInput={(event) => setNote(event.currentTarget.value)} maxLength={2000} /></label>
        <label class="field">coordinates <select value={round} onChange={(event) => setRound(event.currentTarget.value)}><option value="">as they are</option><option value="0.01">rounded to 0.01° (about 1 km)</option><option value="0.1">rounded to 0.1° (about 11 km)</option><option value="1">rounded to 1° (about 110 km)</option></select></label>
        <label class="check"><input type="checkbox" checked={hide} onChange={(event) => setHide(event.currentTarget.checked)} /> leave out the names of private persons</label>
        <p class="quiet">Names of private persons are left out where Dateline knows them to be that; read the file before you give it on.</p>
        <Turned query={query} />
        {!turned && list.count === 0 && <p class="notice">Nothing stands under this filter: choose other days, places or words.</p>}
        {!turned && list.count !== null && list.count > MOST && <p class="notice">One file holds at most {MOST.toLocaleString("en")} incidents, and this is {list.count.toLocaleString("en")}: <a href={href(["search"], filter)}>choose fewer days, places or types</a>.</p>}
        {!turned && list.count !== null && list.count > 0 && list.count <= MOST && <p><a class="button strong" href={`/api/export/page?${made}`} download="dateline.html">Make the file</a> <a class="button" href={`/api/export/dossier?${made}`} download="dateline.json">The same as JSON</a></p>}
      </div>
    </main>
  );
}
