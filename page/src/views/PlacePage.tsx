import type { Band, Change, IncidentRow, PlaceDetail, PlaceRow } from "../api/types";
import { ActorLink, BY_THESE, Badge, ChainLine, Days, Heading, IN_THESE, Interested, More, Quote, Shown, Trouble, useAnswer, useList } from "../parts/pieces";
import { Nameless, askedOf } from "../parts/Nameless";
import { dossier, keyPath } from "../api/client";
import { holderColour } from "../pure/colours";
import { dayNumber, dayWords, ticks, publishedWords } from "../pure/days";
import { countryName, many, plain } from "../pure/words";
import { href, setValues, useRoute } from "../route";
import { IncidentCard } from "./IncidentCard";

/** A place: its ledger as a band over time, with the words it rests on. */
export function PlacePage({ place, dark }: { place: string; dark: boolean }) {
  const answer = useAnswer<PlaceDetail>(`/api/places/${keyPath(place)}`);
  return <main id="main" class="sheet"><Shown answer={answer}>{(detail) => <Place detail={detail} dark={dark} />}</Shown></main>;
}

function Place({ detail, dark }: { detail: PlaceDetail; dark: boolean }) {
  const { place } = detail;
  const key = place.key ?? "";
  const list = useList<IncidentRow>("/api/incidents", new URLSearchParams({ place: key }).toString(), 20);
  return (
    <article>
      <Heading names title={<bdi>{place.name}</bdi>}>
        {plain(detail.type)}{place.country && `, ${countryName(place.country)}`} · {many(detail.reports, "report")} · {many(detail.events, "event")}{IN_THESE} · <a href={href(["map"], { place: key, ...(place.lat !== null ? { at: `${place.lat.toFixed(3)},${place.lon!.toFixed(3)},8` } : {}) })}>on the map</a> · <a href={href(["figures"], { place: key })}>{many(detail.figures, "figure")}</a>
      </Heading>
      {detail.names.length > 1 && <p class="quiet">Also written: {detail.names.filter((name) => name !== place.name).map((name, n) => <>{n > 0 && ", "}<bdi>{name}</bdi></>)}</p>}
      <section aria-label="Who held it"><h2>Who held it</h2>{dossier && <p class="quiet">{BY_THESE}</p>}<LedgerBand bands={detail.bands} dark={dark} /></section>
      {detail.changes.length > 0 && <section aria-label="Accounts of control"><h2>{many(detail.changes.length, "account")} of control</h2>{detail.changes.map((change) => <ChangeBox key={change.id} change={change} />)}</section>}
      <section aria-label="Incidents"><h2>{list.count === null ? "Incidents" : many(list.count, "incident")}</h2><ol class="cards">{list.items.map((row) => <IncidentCard key={row.id} row={row} chosen={false} />)}</ol><More list={list} /></section>
    </article>
  );
}

/** One lane a holder; solid held, hatched only claimed; an open end fades. */
export function LedgerBand({ bands, dark }: { bands: readonly Band[]; dark: boolean }) {
  const days = bands.flatMap((band) => [band.from, band.to]).filter((day): day is string => day !== null).map(dayNumber);
  if (!bands.length || !days.length) return <p class="quiet">No report says who held it.</p>;
  const margin = Math.max(20, (Math.max(...days) - Math.min(...days)) * 0.06);
  const first = Math.min(...days) - margin;
  const last = Math.max(...days) + margin;
  const at = (day: number): number => ((day - first) / (last - first)) * 100;
  const holders = [...new Map(bands.map((band) => [band.holder.key ?? band.holder.name, band.holder])).values()];
  return (
    <div class="band">
      {holders.map((holder, n) => (
        <div class="lane" key={holder.key ?? holder.name}>
          <div class="lane-who"><ActorLink actor={holder} /></div>
          <div class="lane-days">
            {bands.filter((band) => (band.holder.key ?? band.holder.name) === (holder.key ?? holder.name)).map((band, m) => {
              const from = band.from ? at(dayNumber(band.from)) : 0;
              const to = band.to ? at(dayNumber(band.to) + 1) : 100;
              const words = `${holder.name}: ${band.standing}, ${band.from ? `since ${dayWords(band.from)}` : "since an unknown day"}${band.to ? ` until ${dayWords(band.to)}` : ", no end told"}. ${band.reason}`;
              return <span key={m} class={`stretch ${band.standing} ${band.from ? "" : "open-from"} ${band.to ? "" : "open-to"}`} title={words} style={{ left: `${from}%`, width: `${Math.max(0.6, to - from)}%`, "--ink": holderColour(n, dark) }} />;
            })}
          </div>
        </div>
      ))}
      <div class="lane axis" aria-hidden="true"><div class="lane-who" /><div class="lane-days">{ticks(first, last, 6).map((tick) => <span key={tick.day} class={at(tick.day) > 92 ? "last" : at(tick.day) < 4 ? "first" : undefined} style={{ left: `${at(tick.day)}%` }}>{tick.label}</span>)}</div></div>
      <details><summary>The band in words</summary><table><thead><tr><th>from</th><th>to</th><th>holder</th><th>standing</th><th>independent</th><th>why</th></tr></thead><tbody>
        {bands.map((band, n) => <tr key={n}><td>{band.from ?? "open"}</td><td>{band.to ?? "open"}</td><td><ActorLink actor={band.holder} /></td><td><Badge word={band.standing} /></td><td>{band.independent}</td><td><bdi>{band.reason}</bdi></td></tr>)}
      </tbody></table></details>
    </div>
  );
}

function ChangeBox({ change }: { change: Change }) {
  return (
    <section class="account flat">
      <p class="card-top"><strong>{plain(change.change)}</strong>{change.holder && <> by <ActorLink actor={change.holder} /></>}{change.previous_holder && <> from <ActorLink actor={change.previous_holder} /></>} · <Days when={change.when} /> <Badge word={change.status} /> <Interested account={change.account} /></p>
      <p><Quote handle={change.id} words={change.sentence} span={change.span} /></p>
      <p><ChainLine chain={change.account.chain} /> <span class="quiet">{publishedWords(change.account.published)}</span></p>
      {change.denials.map((denial) => <p key={denial.id} class="denies"><Badge word="denies" /> <ChainLine chain={denial.chain} /> <Quote handle={denial.id} words={denial.words} /></p>)}
    </section>
  );
}

/** All places of the record. */
export function PlacesPage() {
  const { query } = useRoute();
  const starts = query.get("starts") ?? "";
  const list = useList<PlaceRow>("/api/places", askedOf(query), 100);
  return (
    <main id="main" class="sheet">
      <Heading title="Places">{list.count !== null && <>{many(list.count, "place")}{IN_THESE}</>}</Heading>
      <input type="search" placeholder="Begins with …" aria-label="Places that begin with" value={starts} onInput={(event) => setValues({ starts: event.currentTarget.value })} />
      <Nameless query={query}>places that no report names (“the town”, “the river”)</Nameless>
      {list.count === 0 && <p class="lead">{starts ? "No place here begins so." : dossier ? "These incidents name no place." : "The record names no place yet."}</p>}
      {list.problem && <Trouble problem={list.problem} />}
      <div class="scroll-x"><table class="listing"><thead><tr><th>place</th><th>type</th><th class="number">reports</th><th class="number">events</th><th class="number">of control</th></tr></thead><tbody>
        {list.items.map((row) => <tr key={row.place.key ?? row.place.name}><td>{row.place.key ? <a href={href(["place", row.place.key])}><bdi>{row.place.name}</bdi></a> : <bdi>{row.place.name}</bdi>} <span class="quiet">{row.place.country}</span><span class="quiet small-type"> {plain(row.type)}</span></td><td>{plain(row.type)}</td><td class="number">{row.reports}</td><td class="number">{row.events}</td><td class="number">{row.control}</td></tr>)}
      </tbody></table></div>
      <More list={list} />
    </main>
  );
}
