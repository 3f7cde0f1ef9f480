import type { Figure } from "../api/types";
import { publishedWords } from "../pure/days";
import { marksOf, rangeOf, scaleOf } from "../pure/ranges";
import { ChainLine, Days, Interested, Quote } from "./pieces";

const NARROWEST = 190;

/** The marks whose numbers do not run into one another, also where the scale is narrow; the largest first. */
export function apart(marks: readonly number[], scale: (value: number) => number): number[] {
  const found: number[] = [];
  let free = Infinity;
  for (const mark of [...marks].sort((a, b) => b - a)) {
    const wide = (mark.toLocaleString("en").length * 7 + 8) / NARROWEST;
    const at = scale(mark);
    const end = at > 0.9 ? at : at + wide / 2;
    if (end > free) continue;
    free = end - wide;
    found.unshift(mark);
  }
  return found;
}

/** Figures as ranges on one scale, a row each, by date; what is open on one side fades out. */
export function Ranges({ figures }: { figures: readonly Figure[] }) {
  const order = [...figures].sort((a, b) => (a.published ?? "").localeCompare(b.published ?? ""));
  const scale = scaleOf(order);
  const marks = apart(marksOf(order), scale);
  return (
    <div class="ranges" role="list">
      <div class="range scale" aria-hidden="true"><div /><div class="range-bar">{marks.map((mark) => <span key={mark} class={`at${scale(mark) > 0.9 ? " last" : ""}`} style={{ left: `${scale(mark) * 100}%` }}>{mark.toLocaleString("en")}</span>)}</div><div /></div>
      {order.map((figure) => {
        const range = rangeOf(figure);
        const from = scale(range.low);
        const to = scale(range.high);
        return (
          <div class="range" role="listitem" key={figure.id}>
            <div class="range-who"><ChainLine chain={figure.chain} /> <Interested account={figure} /><br /><span class="quiet">{figure.published ? `told ${publishedWords(figure.published)}` : "undated"} · when: <Days when={figure.when} />{figure.part ? " · part of a larger figure" : ""}{figure.counts === "total" ? " · all so far" : figure.counts === "stock" ? " · at that moment" : ""}</span></div>
            <div class="range-bar" aria-hidden="true">
              <span class={`extent ${range.openLow ? "open-low" : ""} ${range.openHigh ? "open-high" : ""}`} style={{ left: `${from * 100}%`, width: `${Math.max(0.8, (to - from) * 100)}%` }} />
              {figure.best !== null && <span class="best" style={{ left: `${scale(figure.best) * 100}%` }} />}
            </div>
            <div class="range-words"><strong><bdi>{figure.words}</bdi></strong> <Quote handle={figure.id} words={figure.span.text} span={figure.span} /></div>
          </div>
        );
      })}
    </div>
  );
}
