import type { ActorDetail, ActorRow, IncidentRow, StatementRow } from "../api/types";
import { dossier, keyPath } from "../api/client";
import { ActorLink, Badge, Days, Heading, IN_THESE, More, PlaceLink, Shown, Trouble, useAnswer, useList, valueAddress } from "../parts/pieces";
import { Nameless, askedOf } from "../parts/Nameless";
import { publishedWords } from "../pure/days";
import { countryName, does, many, plain } from "../pure/words";
import { href, setValues, useRoute } from "../route";
import { IncidentCard } from "./IncidentCard";

/** An actor or person: names, ties, holds, statements, incidents. */
export function ActorPage({ actor }: { actor: string }) {
  const answer = useAnswer<ActorDetail>(`/api/actors/${keyPath(actor)}`);
  return <main id="main" class="sheet"><Shown answer={answer}>{(detail) => <Actor key={detail.key} detail={detail} />}</Shown></main>;
}

function Actor({ detail }: { detail: ActorDetail }) {
  const incidents = useList<IncidentRow>("/api/incidents", new URLSearchParams({ actor: detail.key }).toString(), 20);
  const statements = useList<StatementRow>("/api/statements", new URLSearchParams({ speaker: detail.key }).toString(), 20);
  return (
    <article>
      <Heading names title={<bdi>{detail.name}</bdi>}>
        {plain(detail.type)}{detail.country && `, ${countryName(detail.country)}`}{detail.party && <> · acts for <ActorLink actor={detail.party} /></>} · {many(detail.reports, "report")} · {many(detail.events, "event")} · {many(detail.statements, "statement")}{IN_THESE} · <a href={href(["map"], { actor: detail.key })}>on the map</a>
      </Heading>
      {detail.known && detail.known !== detail.name && <p class="quiet">In the who’s who as <bdi>{detail.known}</bdi></p>}
      {detail.aliases.length > 0 && <section aria-label="Names"><h2>Names that reports use</h2><p>{detail.aliases.map((alias, n) => <>{n > 0 && " · "}<bdi>{alias.name}</bdi> <span class="quiet">{alias.reports}</span></>)}</p></section>}
      {detail.ties.length > 0 && <section aria-label="Ties"><h2>Ties</h2><ul class="plain">{detail.ties.map((tie, n) => <li key={n}>{tie.direction === "to" ? <>{plain(tie.type)} <ActorLink actor={tie.other} /></> : <><ActorLink actor={tie.other} /> {tie.type.replace(/_/g, " ")} it</>} <span class="quiet">{tie.since && `since ${tie.since} `}{tie.until && `until ${tie.until} `}({tie.basis})</span> {tie.id && tie.words && <a class="quote" href={valueAddress(tie.id)}><bdi>“{tie.words}”</bdi></a>}</li>)}</ul></section>}
      {detail.holds.length > 0 && <section aria-label="Places held"><h2>{dossier ? "Places held at the end of these incidents, by their reports alone" : "Places held at the end of the record"}</h2><ul class="plain">{detail.holds.map((hold, n) => <li key={n}><PlaceLink place={hold.place} /> <Badge word={hold.standing} title={hold.reason} /> <span class="quiet">began <Days when={hold.since} /></span></li>)}</ul></section>}
      <div class="columns">
        <section aria-label="Statements"><h2>{statements.count === null ? "Statements" : many(statements.count, "statement")}</h2>{statements.problem && <Trouble problem={statements.problem} />}<ol class="cards">{statements.items.map((row) => <StatementCard key={row.id} row={row} />)}</ol><More list={statements} /></section>
        <section aria-label="Incidents"><h2>{incidents.count === null ? "Incidents" : many(incidents.count, "incident")}</h2>{incidents.problem && <Trouble problem={incidents.problem} />}<ol class="cards">{incidents.items.map((row) => <IncidentCard key={row.id} row={row} chosen={false} />)}</ol><More list={incidents} /></section>
      </div>
    </article>
  );
}

function StatementCard({ row }: { row: StatementRow }) {
  const [span] = row.content;
  return (
    <li class="card"><a href={valueAddress(row.id, span)}>
      <span class="card-top"><span class="kind">{plain(does(row.act))}</span> <span class="quiet">{row.mode}</span></span>
      <span class="card-words"><bdi>{row.content.map((one) => one.text).join(" … ") || row.cue?.text}</bdi></span>
      <span class="card-foot"><bdi>{row.source ?? row.title}</bdi> · {publishedWords(row.published)}{row.medium && <> · by <bdi>{row.medium}</bdi></>}</span>
    </a></li>
  );
}

/** All actors and persons of the record. */
export function ActorsPage() {
  const { query } = useRoute();
  const starts = query.get("starts") ?? "";
  const list = useList<ActorRow>("/api/actors", askedOf(query), 100);
  return (
    <main id="main" class="sheet">
      <Heading title="Actors and persons">{list.count !== null && <>{many(list.count, "entry", "entries")}{IN_THESE}</>}</Heading>
      <input type="search" placeholder="Begins with …" aria-label="Actors that begin with" value={starts} onInput={(event) => setValues({ starts: event.currentTarget.value })} />
      <Nameless query={query}>those whom no report names (“soldiers”, “residents”, “we”)</Nameless>
      {list.count === 0 && <p class="lead">{starts ? "Nobody here has a name that begins so." : dossier ? "These incidents name nobody." : "The record names nobody yet."}</p>}
      {list.problem && <Trouble problem={list.problem} />}
      <div class="scroll-x"><table class="listing"><thead><tr><th>name</th><th>type</th><th class="number">reports</th><th class="number">events</th><th class="number">statements</th></tr></thead><tbody>
        {list.items.map((row) => <tr key={row.key}><td><ActorLink actor={row} /> <span class="quiet">{row.country}</span><span class="quiet small-type"> {plain(row.type)}</span></td><td>{plain(row.type)}</td><td class="number">{row.reports}</td><td class="number">{row.events}</td><td class="number">{row.statements}</td></tr>)}
      </tbody></table></div>
      <More list={list} />
    </main>
  );
}
