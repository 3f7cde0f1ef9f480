import { useEffect, useMemo, useState } from "preact/hooks";
import { NO_ANSWER, askMeta, dossier, onReturn, onSignedOut, tell } from "./api/client";
import type { Meta, Problem, Vocabulary } from "./api/types";
import { Trouble, problemOf, useAnswer } from "./parts/pieces";
import { isDark } from "./pure/colours";
import { callTypes, many, plain } from "./pure/words";
import { go, href, useRoute } from "./route";
import { ActorPage, ActorsPage } from "./views/ActorPage";
import { FiguresPage } from "./views/FiguresPage";
import { IncidentPage } from "./views/IncidentPage";
import { MapPage } from "./views/MapPage";
import { PlacePage, PlacesPage } from "./views/PlacePage";
import { ReaderPage } from "./views/ReaderPage";
import { ReviewPage } from "./views/ReviewPage";
import { ReportsPage, SearchPage } from "./views/SearchPage";
import { SharePage } from "./views/SharePage";
import { SignIn, SignedOut } from "./views/SignIn";

const VIEWS: readonly (readonly [string, string])[] = [["map", "Map"], ["search", "Search"], ["reports", "Reports"], ["places", "Places"], ["actors", "Actors"], ["figures", "Figures"], ["review", "Review"], ["share", "Share"]];
const SERVER_ONLY = new Set(["review", "share"]);

export function App() {
  const [meta, setMeta] = useState<Meta | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [theme, setTheme] = useTheme();
  const load = (): void => void askMeta().then((value) => { setMeta(value); setProblem(null); }, (fault: unknown) => setProblem(problemOf(fault)));
  const [away, setAway] = useState(false);
  useEffect(load, []);
  useEffect(() => (problem?.type === NO_ANSWER ? onReturn(load) : undefined), [problem?.type]);
  useEffect(() => onSignedOut(() => setAway(true)), []);
  const { path } = useRoute();
  const here = path[0] ?? "map";
  useEffect(() => { document.title = `${VIEWS.find(([view]) => view === here)?.[1] ?? plain(here)} · Dateline`; }, [path.join("/")]);
  if (problem) return <><Bar meta={null} here={here} theme={theme} setTheme={setTheme} /><main id="main" class="sheet"><Trouble problem={problem} /></main></>;
  if (!meta) return <><Bar meta={null} here={here} theme={theme} setTheme={setTheme} /><main id="main" class="sheet quiet">Opening the record …</main></>;
  const locked = meta.accounts && meta.user === null;
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.setAttribute("tabindex", "-1"); document.getElementById("main")?.focus(); }}>To the content</a>
      <Bar meta={meta} here={here} theme={theme} setTheme={setTheme} />
      {dossier && <Cover />}
      {locked ? <SignIn done={load} /> : <View meta={meta} path={path} dark={isDark()} />}
      {away && !locked && <SignedOut done={() => void askMeta().then((value) => { setMeta(value); setAway(false); }, (fault: unknown) => setProblem(problemOf(fault)))} />}
    </>
  );
}

function View({ meta, path, dark }: { meta: Meta; path: string[]; dark: boolean }) {
  const vocabulary = useAnswer<Vocabulary>("/api/vocabulary").value;
  useMemo(() => vocabulary && callTypes(vocabulary.event_types), [vocabulary]);
  const [view = "map", first = "", second = ""] = path;
  switch (view) {
    case "map": return <MapPage meta={meta} vocabulary={vocabulary} dark={dark} />;
    case "incident": return <IncidentPage report={first} event={second} />;
    case "report": return <ReaderPage report={first} />;
    case "place": return <PlacePage key={first} place={first} dark={dark} />;
    case "places": return <PlacesPage />;
    case "actor": return <ActorPage key={first} actor={first} />;
    case "actors": return <ActorsPage />;
    case "figures": return <FiguresPage vocabulary={vocabulary} />;
    case "search": return <SearchPage vocabulary={vocabulary} />;
    case "reports": return <ReportsPage />;
    case "review": return dossier ? <Nowhere view={view} /> : <ReviewPage meta={meta} />;
    case "share": return dossier ? <Nowhere view={view} /> : <SharePage />;
    default: return <Nowhere view={view} />;
  }
}

const Nowhere = ({ view }: { view: string }) => (
  <main id="main" class="sheet"><h1>No such page</h1><p>There is no <bdi>{view}</bdi> here. <a href={href(["map"])}>To the map</a></p></main>
);

function Bar({ meta, here, theme, setTheme }: { meta: Meta | null; here: string; theme: Theme; setTheme: (theme: Theme) => void }) {
  const leave = (): void => void tell("DELETE", "/api/session").then(() => location.reload(), () => location.reload());
  return (
    <header class="bar">
      <a class="brand" href={href(["map"])}>Dateline</a>
      <nav aria-label="Views">{VIEWS.filter(([view]) => !(dossier && SERVER_ONLY.has(view))).map(([view, name]) => <a key={view} href={href([view])} aria-current={view === here ? "page" : undefined}>{name}</a>)}</nav>
      <form class="find" role="search" aria-label="Search the record" onSubmit={(event) => { event.preventDefault(); go(href(["search"], { words: String(new FormData(event.currentTarget).get("words") ?? "") })); }}>
        <input name="words" type="search" placeholder="Search" aria-label="Search the record" />
      </form>
      <span class="record" title={meta ? `${many(meta.counts.reports, "report")}, Dateline ${meta.dateline}` : ""}><bdi>{meta?.record ?? ""}</bdi></span>
      <button class="button small" onClick={() => setTheme(NEXT[theme])} aria-label={`Colours: ${theme}. Change`}>{SIGNS[theme]}</button>
      {meta?.accounts && meta.user && <button class="button small" onClick={leave}><bdi>{meta.user.name}</bdi> · sign out</button>}
    </header>
  );
}

/** What a one-file page is, who made it and what was left out. */
function Cover() {
  if (!dossier) return null;
  return (
    <section class="cover" aria-label="About this file">
      <strong><bdi>{dossier.title}</bdi></strong> · {many(dossier.count, "incident")} · made {dossier.made_at.slice(0, 10)} with Dateline {dossier.dateline}
      {dossier.rounded_to !== null && <> · coordinates rounded to {dossier.rounded_to}°</>}{dossier.private_persons_hidden && <> · names of private persons left out</>}
      {dossier.note && <p><bdi>{dossier.note}</bdi></p>}
    </section>
  );
}

type Theme = "auto" | "light" | "dark";
const NEXT: Record<Theme, Theme> = { auto: "light", light: "dark", dark: "auto" };
const SIGNS: Record<Theme, string> = { auto: "◐", light: "☀", dark: "☾" };

function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, set] = useState<Theme>(kept);
  const [, again] = useState(0);
  document.documentElement.dataset.theme = theme;
  // What is drawn on canvases keeps its colours on paper, and is turned there (page.css).
  if (!matchMedia("print").matches) document.documentElement.dataset.drawn = isDark() ? "dark" : "light";
  useEffect(() => {
    const wish = matchMedia("(prefers-color-scheme: dark)");
    const turn = (): void => again((n) => n + 1);
    wish.addEventListener("change", turn);
    return () => wish.removeEventListener("change", turn);
  }, []);
  return [theme, (next) => {
    try { localStorage.setItem("dateline-colours", next); } catch { /* a browser that keeps nothing keeps no colours either */ }
    set(next);
  }];
}

function kept(): Theme {
  try {
    const said = localStorage.getItem("dateline-colours");
    return said === "light" || said === "dark" ? said : "auto";
  } catch {
    return "auto"; // a browser that keeps nothing
  }
}
