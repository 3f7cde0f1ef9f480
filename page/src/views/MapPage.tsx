import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { IncidentRow, LedgerChanges, Matches, Meta, Points, Vocabulary } from "../api/types";
import { dossier } from "../api/client";
import { ASKED, isTurned, serverFilter, wantedOf } from "../filter";
import { MapView, NARROW } from "../map/MapView";
import { Hit, placesOf } from "../map/overlay";
import { BY_THESE, More, Trouble, useAnswer, useList } from "../parts/pieces";
import { Turned } from "../parts/Turned";
import { Timeline } from "../parts/Timeline";
import type { Columns, Frame } from "../pure/columns";
import { EARLIEST, LATEST, columnsOf, daysOf, mercatorX, mercatorY, rowsBetween, rowsInside, rowsThatHold } from "../pure/columns";
import { holderColour } from "../pure/colours";
import { dayNumber, dayWords, isDay, isoDay } from "../pure/days";
import { Ledger, heldOn, ledgerOf } from "../pure/ledger";
import { many } from "../pure/words";
import { go, href, setValues, useRoute } from "../route";
import { FilterBar } from "./FilterBar";
import { IncidentCard } from "./IncidentCard";

interface Loaded { columns: Columns; ledger: Ledger; placeOf: Int32Array; span: [number, number]; told: boolean }

const NO_LEDGER: LedgerChanges = { revision: "", count: 0, places: [], holders: [], standings: [], place: [], holder: [], standing: [], first: [], last: [] };

/** The map, the time line and the list of what both show. */
export function MapPage({ meta, vocabulary, dark }: { meta: Meta; vocabulary: Vocabulary | null; dark: boolean }) {
  const points = useAnswer<Points>("/api/incidents/points", "");
  const changes = useAnswer<LedgerChanges>("/api/ledger/changes", "");
  // The map does not wait for the ledger, which for a large new record takes its time.
  const columns = useMemo(() => (points.value ? columnsOf(points.value) : null), [points.value]);
  const loaded = useMemo(() => (points.value && columns ? load(points.value, columns, changes.value, meta) : null), [points.value, columns, changes.value, meta]);
  const problem = points.problem ?? changes.problem;
  if (problem) return <main id="main"><Trouble problem={problem} /></main>;
  if (!loaded) return <main id="main" class="quiet">Loading the map …</main>;
  return <MapDesk loaded={loaded} meta={meta} vocabulary={vocabulary} dark={dark} />;
}

function load(points: Points, columns: Columns, changes: LedgerChanges | null, meta: Meta): Loaded {
  const ledger = ledgerOf(changes ?? NO_LEDGER);
  const named = meta.first && meta.last ? ([dayNumber(meta.first), dayNumber(meta.last)] as [number, number]) : daysOf(columns);
  const today = dayNumber(new Date().toISOString().slice(0, 10));
  const [first, last] = named ?? [today - 1, today];
  return { columns, ledger, placeOf: placesOf(columns, ledger, points), span: [first, Math.max(last, first + 1)], told: changes !== null };
}

const NONE: readonly number[] = [];

/** Rows that the server found for words, actors, places and sources; null where nothing of that is asked, undefined while it is on its way. */
function useMatches(query: URLSearchParams): readonly number[] | null | undefined {
  const asked = serverFilter(query, ASKED).toString();
  const matches = useAnswer<Matches>(asked ? "/api/incidents/matches" : null, asked);
  if (!asked) return null;
  return matches.value?.rows ?? (matches.waiting ? undefined : NONE);
}

function MapDesk({ loaded, meta, vocabulary, dark }: { loaded: Loaded; meta: Meta; vocabulary: Vocabulary | null; dark: boolean }) {
  const { query } = useRoute();
  const { columns, ledger, placeOf, span } = loaded;
  const [frame, setFrame] = useState<Frame | null>(null);
  const matched = useMatches(query);
  const wanted = wantedOf(query, matched === undefined ? NONE : matched, null);
  const on = query.get("on");
  const day = isDay(on) ? dayNumber(on) : span[1];
  const trail = Number(query.get("trail")) || 0;
  const filterKey = serverFilter(query).toString();
  const held = useMemo(() => heldOn(ledger, day), [ledger, day]);
  const kept = useMemo(() => rowsThatHold(columns, wanted), [columns, filterKey, matched]);
  const inDays = useMemo(
    () => rowsBetween(columns, kept, trail ? Math.max(wanted.since, day - trail) : wanted.since, trail ? Math.min(wanted.until, day) : wanted.until),
    [columns, kept, wanted.since, wanted.until, trail, trail ? day : 0],
  );
  const framed = query.get("frame") !== "off";
  const spot = query.get("spot");
  const listed = useMemo(() => frameOf(spot) ?? (framed ? frame : null), [spot, frame, framed]);
  const shown = useMemo(() => (listed ? rowsInside(columns, inDays, listed) : inDays), [columns, inDays, listed]);
  const scene = useMemo(() => ({ columns, rows: inDays, ledger, held, dark, chosen: null, placeOf }), [columns, inDays, ledger, held, dark, placeOf]);
  const near = query.get("near") === "on" ? nearSpan(span, wanted.since, wanted.until) : span;
  const unplaced = useMemo(() => inDays.reduce((sum, row) => sum + (Number.isNaN(columns.x[row]!) ? 1 : 0), 0), [inDays]);
  const title = `Map: ${many(inDays.length - unplaced, "incident")}, ${many(held.size, "place")} held on ${isoDay(day)}. The list holds the same.`;
  const sight = useRef<string | null>(null);
  // The first sight stays: a map that follows every step of a filter or of the days cannot be read.
  if (sight.current === null && matched !== undefined) sight.current = firstSight(columns, inDays, ledger);
  const fit = (): void => setValues({ at: firstSight(columns, inDays, ledger) });
  return (
    <main id="main" class="desk">
      <h1 class="hidden">Map and time line</h1>
      <section class="side" aria-label="Incidents">
        <FilterBar vocabulary={vocabulary} columns={columns} query={query} />
        <CountLine shown={shown.length} all={columns.count} inDays={inDays.length} unplaced={unplaced} framed={framed} fit={fit} meta={meta} here={frameOf(spot) !== null} />
        <IncidentList query={query} frame={listed} day={day} trail={trail} />
      </section>
      <section class="view" aria-label="Map">
        <MapView scene={scene} at={query.get("at") ?? sight.current} tiles={meta.tiles} title={title} onMove={(place, seen) => { setFrame(seen); if (place) setValues({ at: place }); }} onHit={(hit) => open(hit, columns, ledger)} />
        <Legend ledger={ledger} held={held} dark={dark} day={day} ready={loaded.told} />
      </section>
      <section class="below" aria-label="Time line">
        <DayBar day={day} span={near} trail={trail} query={query} />
        <Timeline
          columns={columns} rows={kept} span={near} day={day} dark={dark} window={isTurned(query) ? near : [Math.max(near[0], wanted.since), Math.min(near[1], wanted.until)]}
          onWindow={(since, until) => setValues({ since: since === null ? null : isoDay(since), until: until === null ? null : isoDay(until) }, { push: true })}
        />
      </section>
    </main>
  );
}

/** The days that are kept, and a little before and after. */
function nearSpan(span: [number, number], since: number, until: number): [number, number] {
  const first = Math.max(span[0], since);
  const last = Math.min(span[1], until);
  const edge = Math.max(2, Math.round((last - first) * 0.04));
  return last > first ? [first - edge, last + edge] : span;
}

function open(hit: Hit, columns: Columns, ledger: Ledger): void {
  if (hit.place !== null) {
    const key = ledger.changes.places[hit.place]?.key;
    if (key) go(href(["place", key]));
  } else if (hit.cluster && hit.cluster.count > 1) {
    // All of them lie so near one another that no step nearer parts them: they are listed.
    setValues({ spot: boxOf(hit.cluster.box, EDGE) }, { push: true });
    if (innerWidth <= NARROW) document.querySelector(".counts")?.scrollIntoView();
  } else if (hit.cluster) go(href(["incident", ...columns.id[hit.cluster.row]!.replace("incident:", "").split("/")]));
}

/** So wide is the legend, that stands on the left of the map. */
const LEGEND = 250;

/** The first sight of the map: where most of the incidents are. */
function firstSight(columns: Columns, rows: Uint32Array, ledger: Ledger): string | null {
  const xs = [...rows].map((row) => columns.x[row]!).filter((x) => !Number.isNaN(x)).concat([...ledger.x].filter((x) => !Number.isNaN(x))).sort((a, b) => a - b);
  const ys = [...rows].map((row) => columns.y[row]!).filter((y) => !Number.isNaN(y)).concat([...ledger.y].filter((y) => !Number.isNaN(y))).sort((a, b) => a - b);
  if (!xs.length) return null;
  const cut = (values: number[], share: number): number => values[Math.min(values.length - 1, Math.floor(values.length * share))]!;
  const [west, east, north, south] = [cut(xs, 0.06), cut(xs, 0.94), cut(ys, 0.06), cut(ys, 0.94)];
  const legend = innerWidth > NARROW ? LEGEND : 0;
  const [wide, tall] = innerWidth > 760 ? [innerWidth - 380 - legend, innerHeight - 240] : [innerWidth, innerHeight * 0.5];
  const zoom = Math.max(0.6, Math.min(8, Math.log2(Math.min(wide / Math.max(0.0005, east - west), tall / Math.max(0.0005, south - north)) / 512) - 0.35));
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (north + south)))) * 180) / Math.PI;
  return `${lat.toFixed(3)},${(((west + east - legend / 512 / 2 ** zoom) / 2 - 0.5) * 360).toFixed(3)},${zoom.toFixed(2)}`;
}

function CountLine({ shown, all, inDays, unplaced, framed, fit, meta, here }: { here: boolean; shown: number; all: number; inDays: number; unplaced: number; framed: boolean; fit: () => void; meta: Meta }) {
  const making = meta.building.ready < meta.building.of;
  if (here) return <div class="counts" role="status"><strong>{shown.toLocaleString("en")}</strong> of {many(all, "incident")} at this point <button class="linklike" onClick={() => setValues({ spot: null }, { push: true })}>show all again</button></div>;
  return (
    <div class="counts" role="status">
      <strong>{shown.toLocaleString("en")}</strong> of {many(all, "incident")}
      {framed && inDays - unplaced > shown && <> · {(inDays - unplaced - shown).toLocaleString("en")} outside the frame <button class="linklike" onClick={fit}>show</button></>}
      {unplaced > 0 && <> · {unplaced.toLocaleString("en")} without a place</>}
      {making && <> · the overview is being made: {meta.building.ready} of {meta.building.of}</>}
      <label class="check"><input type="checkbox" checked={framed} onChange={(event) => setValues({ frame: event.currentTarget.checked ? null : "off" })} /> only what the map shows</label>
    </div>
  );
}

function IncidentList({ query, frame, day, trail }: { query: URLSearchParams; frame: Frame | null; day: number; trail: number }) {
  const asked = serverFilter(query);
  if (frame) asked.set("bbox", boxOf(frame));
  if (trail) {
    asked.set("until", isoDay(Math.min(day, query.get("until") ? dayNumber(query.get("until")!) : LATEST)));
    asked.set("since", isoDay(Math.max(day - trail, query.get("since") ? dayNumber(query.get("since")!) : EARLIEST)));
  }
  const list = useList<IncidentRow>("/api/incidents", asked.toString(), 40);
  if (isTurned(query)) return <Turned query={query} />;
  if (isTurned(asked)) return <p class="quiet">Nothing here: the stretch before the day of the map lies outside “from” and “to”.</p>;
  if (list.problem) return <Trouble problem={list.problem} />;
  return (
    <div class={list.waiting ? "scroll waiting" : "scroll"} tabIndex={0} role="region" aria-label="List of incidents">
      {list.count === 0 && <p class="quiet">Nothing here. Widen the days, the frame or the filters.</p>}
      <ol class="cards">{list.items.map((row) => <IncidentCard key={row.id} row={row} chosen={false} />)}</ol>
      <More list={list} />
    </div>
  );
}

/** Half a hair's breadth in degrees, so that what lies on the edge is inside. */
const EDGE = 0.0002;

/** "35.1,36.2,35.2,36.3" → the frame; null where it is none. */
function frameOf(box: string | null): Frame | null {
  const [west, south, east, north] = box?.split(",").map(Number) ?? [];
  if (![west, south, east, north].every(Number.isFinite) || Math.abs(south!) > 90 || Math.abs(north!) > 90 || south! > north! || west! > east!) return null;
  return { west: mercatorX(west!), north: mercatorY(north!), east: mercatorX(east!), south: mercatorY(south!) };
}

function boxOf(frame: Frame, edge = 0): string {
  const lon = (x: number): number => Math.max(-180, Math.min(180, (x - 0.5) * 360));
  const lat = (y: number): number => Math.max(-90, Math.min(90, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI));
  return [lon(frame.west) - edge, lat(frame.south) - edge, lon(frame.east) + edge, lat(frame.north) + edge].map((value) => value.toFixed(4)).join(",");
}

function Legend({ ledger, held, dark, day, ready }: { ledger: Ledger; held: Map<number, { holder: number }[]>; dark: boolean; day: number; ready: boolean }) {
  const counts = new Map<number, number>();
  for (const holds of held.values()) for (const { holder } of holds) counts.set(holder, (counts.get(holder) ?? 0) + 1);
  const order = [...counts].filter(([holder]) => ledger.changes.holders[holder]!.known).sort((a, b) => b[1] - a[1]);
  const unnamed = [...counts].filter(([holder]) => !ledger.changes.holders[holder]!.known);
  const grey = holderColour(undefined, dark);
  return (
    <details class="legend" open={innerWidth > NARROW}>
      <summary>Who holds what on {dayWords(isoDay(day))}</summary>
      {dossier && <p class="quiet">{BY_THESE}</p>}
      {!ready && <p class="quiet">The ledger of all places is being made; the map shows it as soon as it is there.</p>}
      <ul>
        {order.slice(0, 10).map(([holder, count]) => (
          <li key={holder}><span class="swatch" style={{ background: holderColour(ledger.rank.get(holder), dark) }} /><bdi>{ledger.changes.holders[holder]!.name}</bdi> <span class="quiet">{count}</span></li>
        ))}
        {order.length > 10 && <li class="quiet">and {order.length - 10} more; those beyond the ten colours in grey</li>}
        {unnamed.length > 0 && <li title={unnamed.map(([holder]) => `“${ledger.changes.holders[holder]!.name}”`).join(", ")}><span class="swatch" style={{ background: grey }} />no name told <span class="quiet">{unnamed.reduce((sum, [, count]) => sum + count, 0)}</span></li>}
        {counts.size === 0 && ready && <li class="quiet">the ledger says nothing of this day</li>}
      </ul>
      <details class="signs"><summary>What the signs mean</summary><p class="quiet">Square: a place held. Hatched: only claimed. Split: contested. Circle: incidents, in the colour of who holds their place, dark where nobody is known to. Dashed ring: as far as the place may be off.</p></details>
    </details>
  );
}

const SPEEDS = [["1", "a day"], ["7", "a week"], ["30", "a month"]] as const;

function DayBar({ day, span, trail, query }: { day: number; span: [number, number]; trail: number; query: URLSearchParams }) {
  const [playing, setPlaying] = useState(false);
  const step = Number(query.get("step")) || Math.max(1, Math.round((span[1] - span[0]) / 400));
  const at = useRef(day);
  at.current = day;
  useEffect(() => {
    if (!playing) return;
    const beat = setInterval(() => {
      const next = Math.min(span[1], at.current + step);
      setValues({ on: isoDay(next) });
      if (next === span[1]) setPlaying(false);
    }, matchMedia("(prefers-reduced-motion: reduce)").matches ? 1000 : 120);
    return () => clearInterval(beat);
  }, [playing, step, span[1]]);
  const play = (): void => {
    if (!playing && day >= span[1]) setValues({ on: isoDay(span[0]) });
    setPlaying(!playing);
  };
  const latest = useRef(play);
  latest.current = play;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const held = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
      if (event.key !== " " || held || document.querySelector("dialog[open]") || (event.target as Element).closest("input:not(.slider), select, textarea, button, a, summary")) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  return (
    <div class="daybar">
      <button class="button round" aria-label={playing ? "Stop" : "Play through the days"} aria-keyshortcuts="Space" title={playing ? "Stop (space bar)" : "Play through the days (space bar)"} onClick={play}>{playing ? "❚❚" : "▶"}</button>
      <input class="slider" type="range" min={span[0]} max={span[1]} value={day} aria-label="Day of the ledger" aria-valuetext={dayWords(isoDay(day))} onInput={(event) => setValues({ on: isoDay(Number(event.currentTarget.value)) })} />
      <label class="field">on <input type="date" value={isoDay(day)} onChange={(event) => setValues({ on: event.currentTarget.value })} /></label>
      <details class="daymore" open={innerWidth > 760}><summary>Days, steps, stretch</summary><div class="dayfields">
      <label class="field">incidents of <select value={String(trail)} onChange={(event) => setValues({ trail: event.currentTarget.value === "0" ? null : event.currentTarget.value })}>
        <option value="0">all days</option><option value="7">7 days before</option><option value="30">30 days before</option><option value="90">90 days before</option><option value="36500">all days before</option>
      </select></label>
      <label class="field">step <select value={String(query.get("step") ?? "")} onChange={(event) => setValues({ step: event.currentTarget.value || null })}>
        <option value="">auto</option>{SPEEDS.map(([days, name]) => <option key={days} value={days}>{name}</option>)}
      </select></label>
      <span class="brush">
        <label class="field">from <input type="date" value={query.get("since") ?? ""} onChange={(event) => setValues({ since: event.currentTarget.value })} /></label>
        <label class="field">to <input type="date" value={query.get("until") ?? ""} onChange={(event) => setValues({ until: event.currentTarget.value })} /></label>
        {(query.has("since") || query.has("until")) && <button class="button small" onClick={() => setValues({ since: null, until: null, near: null }, { push: true })}>all days</button>}
        {(query.has("since") || query.has("until")) && <label class="check"><input type="checkbox" checked={query.get("near") === "on"} onChange={(event) => setValues({ near: event.currentTarget.checked ? "on" : null })} /> draw only these</label>}
      </span>
      </div></details>
    </div>
  );
}
