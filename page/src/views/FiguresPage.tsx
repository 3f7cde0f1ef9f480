import type { Figure, Vocabulary } from "../api/types";
import { Heading, More, Trouble, useList } from "../parts/pieces";
import { Ranges } from "../parts/Ranges";
import { Turned } from "../parts/Turned";
import { isTurned, serverFilter } from "../filter";
import { many, plain } from "../pure/words";
import { setValues, useRoute } from "../route";

const UNKNOWN = "place unknown";

/** All figures of a measure and place, by source over time. */
export function FiguresPage({ vocabulary }: { vocabulary: Vocabulary | null }) {
  const { query } = useRoute();
  const asked = serverFilter(query, ["measure", "place", "source", "since", "until"]);
  if (!asked.has("measure")) asked.set("measure", "killed");
  const turned = isTurned(query);
  const list = useList<Figure>("/api/figures", asked.toString(), 100);
  const groups = new Map<string, Figure[]>();
  for (const figure of list.items) {
    const name = figure.where?.name ?? UNKNOWN;
    groups.set(name, [...(groups.get(name) ?? []), figure]);
  }
  const place = list.items.find((figure) => figure.where?.key === query.get("place"))?.where?.name;
  return (
    <main id="main" class="sheet">
      <Heading title={<>Figures{place && <>: <bdi>{place}</bdi></>}</>}>{list.count !== null && !turned && <>{many(list.count, "figure")} · </>}every source keeps its number; nothing is added up</Heading>
      <div class="row wrap">
        <label class="field">measure <select value={asked.get("measure")!} onChange={(event) => setValues({ measure: event.currentTarget.value }, { push: true })}>{(vocabulary?.measures ?? ["killed"]).map((measure) => <option key={measure} value={measure}>{plain(measure)}</option>)}</select></label>
        <label class="field">from <input type="date" value={query.get("since") ?? ""} onChange={(event) => setValues({ since: event.currentTarget.value })} /></label>
        <label class="field">to <input type="date" value={query.get("until") ?? ""} onChange={(event) => setValues({ until: event.currentTarget.value })} /></label>
        {query.has("place") && <button class="chip" onClick={() => setValues({ place: null })}>place <bdi>{place ?? query.get("place")}</bdi> ×</button>}
      </div>
      {list.problem && <Trouble problem={list.problem} />}
      <Turned query={query} />
      {!turned && list.count === 0 && <p class="quiet">No report gives such a figure.</p>}
      {!turned && [...groups].sort((a, b) => Number(a[0] === UNKNOWN) - Number(b[0] === UNKNOWN)).map(([name, figures]) => <section key={name} class="tally" aria-label={name}><h2><bdi>{name}</bdi> <span class="quiet">{figures.length}</span></h2><Ranges figures={figures} /></section>)}
      {!turned && <More list={list} />}
    </main>
  );
}
