import type { Account, IncidentDetail, Tally, Telling } from "../api/types";
import { ActorLink, Badge, ChainLine, Days, Heading, Interested, PlaceLink, Quote, Shown, useAnswer, valueAddress } from "../parts/pieces";
import { Ranges } from "../parts/Ranges";
import { dayWords, publishedWords } from "../pure/days";
import { handleParts, many, plain } from "../pure/words";

/** One happening with each account of it, side by side. */
export function IncidentPage({ report, event }: { report: string; event: string }) {
  const answer = useAnswer<IncidentDetail>(`/api/incidents/${encodeURIComponent(report)}/${encodeURIComponent(event)}`);
  return <main id="main" class="sheet"><Shown answer={answer}>{(detail) => <Incident detail={detail} />}</Shown></main>;
}

function Incident({ detail }: { detail: IncidentDetail }) {
  return (
    <article>
      <Heading names title={<>{plain(detail.type)}{detail.where && <>, <bdi>{detail.where.name}</bdi></>}</>}>
        <Days when={detail.when} /> · <PlaceLink place={detail.where} /> · <Badge word={detail.status} title={detail.reason} /> · {many(detail.independent, "independent source")} in {many(detail.reports, "report")} · confidence {detail.confidence.toFixed(2)}
        {detail.background && <> · told only long after it</>}{detail.reviewed && <> · reviewed by a person</>}
      </Heading>
      <p class="lead"><bdi>{detail.reason}</bdi></p>
      {detail.participants.length > 0 && <p>Those who take part: {detail.participants.map((actor, n) => <>{n > 0 && ", "}<ActorLink actor={actor} /></>)}</p>}
      <Contradictions detail={detail} />
      <section aria-label="Accounts">
        <h2>{many(detail.accounts.length, "account")}</h2>
        <div class="accounts">{detail.accounts.map((account) => <AccountCard key={account.id} account={account} telling={detail.events.find((one) => one.id === account.id) ?? null} />)}</div>
      </section>
      {detail.figures.length > 0 && <section aria-label="Figures"><h2>Figures</h2>{detail.figures.map((tally) => <TallyBox key={tally.measure} tally={tally} />)}</section>}
      <Judgements detail={detail} />
    </article>
  );
}

/** Who says so: the one who speaks, or the outlet; the report's number where nobody is known. */
function voiceOf(detail: IncidentDetail, id: string): string {
  const chain = (detail.accounts.find((one) => one.id === id) ?? detail.figures.flatMap((tally) => tally.figures).find((one) => one.id === id))?.chain;
  const speaker = chain?.speakers.at(-1)?.name;
  const house = chain?.agency ?? chain?.outlet;
  return speaker && house && speaker !== house ? `${speaker} (${house})` : (speaker ?? house ?? `report ${handleParts(id)[0]}`);
}

/** "2023-07-13" as people say it; anything else as it is. */
const dayIn = (value: string): string => value.replace(/\b\d{4}-\d\d-\d\d\b/g, (day) => dayWords(day));

function Contradictions({ detail }: { detail: IncidentDetail }) {
  if (!detail.contradictions.length) return null;
  return (
    <section class="against" aria-label="Contradictions">
      <h2>Where the accounts differ</h2>
      {detail.contradictions.map((one, n) => (
        <div key={n}>
          <p><strong>{plain(one.about)}</strong>: <bdi>{one.words}</bdi></p>
          <ul>{one.sides.map((side, at) => <li key={at}><bdi>{dayIn(side.value)}</bdi> — {side.accounts.map((id, m) => <>{m > 0 && ", "}<a href={valueAddress(id)}><bdi>{voiceOf(detail, id)}</bdi></a></>)}</li>)}</ul>
        </div>
      ))}
    </section>
  );
}

function AccountCard({ account, telling }: { account: Account; telling: Telling | null }) {
  return (
    <section class={`account ${account.stance === "denies" ? "denies" : ""}`}>
      <p class="card-top"><Badge word={account.stance} /> {account.echo && <span class="badge plain" title="Repeats a speaker of the same report; no second witness">echo</span>} <Interested account={account} /></p>
      <p><ChainLine chain={account.chain} />{account.published && <span class="quiet"> · {publishedWords(account.published)}</span>}</p>
      <p><Quote handle={account.id} words={account.words} {...(telling ? { span: telling.sentence } : {})} /></p>
      {account.interested && <p class="quiet"><bdi>{account.interested}</bdi></p>}
      {telling && <TellingValues telling={telling} />}
    </section>
  );
}

function TellingValues({ telling }: { telling: Telling }) {
  const open = (text: string, span: { start: number; end: number; text: string } | null) => (span ? <a href={valueAddress(telling.id, span)}><bdi>{text}</bdi></a> : <bdi>{text}</bdi>);
  return (
    <dl class="values">
      <dt>what</dt><dd>{open(telling.trigger.text, telling.trigger)} <span class="quiet">{plain(telling.type)}, {telling.status}{telling.negated ? ", negated" : ""}</span></dd>
      <dt>when</dt><dd><Days when={telling.when} />{telling.when?.span && <> {open(`“${telling.when.span.text}”`, telling.when.span)}</>}</dd>
      <dt>where</dt><dd><PlaceLink place={telling.where} />{telling.where?.span && <> {open(`“${telling.where.span.text}”`, telling.where.span)}</>}</dd>
      {telling.participants.map((one, n) => <><dt key={n}>{one.role}</dt><dd>{one.key ? <ActorLink actor={one} /> : <bdi>{one.name}</bdi>} {open(`“${one.span.text}”`, one.span)}</dd></>)}
    </dl>
  );
}

function TallyBox({ tally }: { tally: Tally }) {
  return (
    <div class="tally">
      <h3>{plain(tally.measure)} <Badge word={tally.kind} title={tally.reason} /></h3>
      <p class="quiet"><bdi>{tally.reason}</bdi></p>
      <Ranges figures={tally.figures} />
    </div>
  );
}

function Judgements({ detail }: { detail: IncidentDetail }) {
  if (!detail.judgements.length) return null;
  return (
    <details>
      <summary>Why these {many(detail.events.length, "event")} are taken for one happening</summary>
      <ul>{detail.judgements.map((one) => <li key={one.n}><a href={valueAddress(one.a)}>{one.a}</a> and <a href={valueAddress(one.b)}>{one.b}</a>: <strong>{one.verdict}</strong> — <bdi>{one.reason}</bdi> <span class="quiet">({one.judge}{one.score === null ? "" : `, ${one.score.toFixed(2)}`})</span></li>)}</ul>
    </details>
  );
}
