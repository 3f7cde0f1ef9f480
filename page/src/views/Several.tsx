import { useEffect, useRef, useState } from "preact/hooks";
import { tell } from "../api/client";
import type { Entry, Problem, Queue, QueueItem } from "../api/types";
import { ChainLine, Trouble, problemOf, useAnswer, valueAddress } from "../parts/pieces";
import { cutAround } from "../pure/around";
import { publishedWords } from "../pure/days";
import { fieldSaid, handleParts, many } from "../pure/words";
import { setValues, useRoute } from "../route";
import { Whose, queueAsked, type Judging } from "./ReviewPage";

const LEAST = ["0.5", "0.6", "0.7", "0.8", "0.9"] as const;

/** Values of which the machine is sure, one beneath the other; accepted together are those alone whose words stand whole on the screen. */
export function Several({ may, judged }: Judging) {
  const { query } = useRoute();
  const least = LEAST.find((one) => one === query.get("least")) ?? "0.7";
  const queue = useAnswer<Queue>("/api/review/queue", queueAsked(query, { limit: "40", least_confidence: least }));
  const list = useRef<HTMLOListElement>(null);
  const items = queue.waiting ? [] : (queue.value?.items ?? []);
  const visible = useVisible(list, items);
  const [told, setTold] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const busy = useRef(false);
  const accept = async (): Promise<void> => {
    const chosen = items.filter((item) => visible.has(item.id));
    if (!may || busy.current || !chosen.length) return;
    busy.current = true;
    setProblem(null);
    const { kept, fault } = await acceptAll(chosen, least);
    busy.current = false;
    setTold(`${many(kept, "value")} accepted${kept < chosen.length ? `, ${chosen.length - kept} not` : ""}.`);
    setProblem(fault);
    queue.again();
    judged("");
  };
  useKey("A", () => void accept());
  return (
    <>
      <div class="row wrap">
        <button class="button small" onClick={() => setValues({ several: null }, { push: true })}>One at a time</button>
        <label class="field">the machine is sure to at least <select value={least} onChange={(event) => setValues({ least: event.currentTarget.value })}>{LEAST.map((one) => <option key={one} value={one}>{one}</option>)}</select></label>
        <Whose query={query} />
        <span class="quiet" role="status">{!queue.value && !queue.problem && "Loading …"}{queue.value && `${many(queue.value.count, "value")} wait${queue.value.count === 1 ? "s" : ""} above it, ${visible.size} stand whole on the screen`} {told}</span>
      </div>
      {problem && <Trouble problem={problem} />}
      {queue.problem && <Trouble problem={queue.problem} />}
      {queue.value?.count === 0 && <p class="lead">Nothing waits above this.</p>}
      <ol class="several" ref={list}>{items.map((item) => <Row key={item.id} item={item} inSight={visible.has(item.id)} />)}</ol>
      {may && items.length > 0 && <div class="row wrap acts"><button class="button act-accept" disabled={visible.size === 0} onClick={() => void accept()}><kbd>A</kbd> accept the {visible.size} in sight</button> <span class="quiet">Each is signed by itself and can be undone by itself; what is not in sight is left alone.</span></div>}
    </>
  );
}

/** One line of the log for each; one that somebody has judged meanwhile is left alone. */
async function acceptAll(items: readonly QueueItem[], least: string): Promise<{ kept: number; fault: Problem | null }> {
  let kept = 0;
  let fault: Problem | null = null;
  for (const item of items) {
    const [report, id] = handleParts(item.id);
    const after = item.entries.reduce((most, entry) => Math.max(most, entry.n), 0);
    try {
      await tell<Entry>("POST", "/api/corrections", { verb: "accept", report: Number(report), item: id, after, ...(item.second ? { as_read: true } : {}), why: `accepted with ${items.length} in sight, confidence ${least} or more` });
      kept++;
    } catch (refused) {
      fault = problemOf(refused);
    }
  }
  return { kept, fault };
}

function Row({ item, inSight }: { item: QueueItem; inSight: boolean }) {
  const what = ["type", "measure", "change", "status", "low", "best", "high", "holder", "place"].filter((name) => item.body[name] !== null && item.body[name] !== undefined);
  return (
    <li class={inSight ? "account in-sight" : "account"} data-id={item.id}>
      <p class="card-top"><strong>{item.word.replace(/s$/, "")}</strong> <a href={valueAddress(item.id)}>{item.id}</a> <span class="quiet"><bdi>{item.title ?? item.source ?? ""}</bdi> {publishedWords(item.published)}</span> <span class="badge plain">confidence {(1 - item.doubt).toFixed(2)}</span></p>
      <p class="quote" dir="auto">{cutAround(item.around, item.spans.map((span) => span.text)).map((piece, n) => (piece.hit ? <mark key={n}>{piece.text}</mark> : <span key={n}>{piece.text}</span>))}</p>
      <p class="quiet">{what.map((name, n) => <span key={name}>{n > 0 && " · "}{name} <bdi>{fieldSaid(name, item.body[name], item.names)}</bdi></span>)} · <ChainLine chain={item.chain} /></p>
    </li>
  );
}

/** The ids of the rows that stand whole on the screen, above the bar with the buttons. */
function useVisible(list: { current: HTMLElement | null }, items: readonly QueueItem[]): ReadonlySet<string> {
  const [visible, set] = useState<ReadonlySet<string>>(new Set());
  const key = items.map((item) => item.id).join(" ");
  useEffect(() => {
    const look = (): void => {
      const foot = document.querySelector(".acts")?.getBoundingClientRect().top ?? innerHeight;
      const found = [...(list.current?.children ?? [])].filter((row) => {
        const edge = row.getBoundingClientRect();
        return edge.top >= 0 && edge.bottom <= Math.min(innerHeight, foot);
      });
      set(new Set(found.map((row) => (row as HTMLElement).dataset.id!)));
    };
    look();
    addEventListener("scroll", look, { passive: true, capture: true });
    addEventListener("resize", look);
    return () => {
      removeEventListener("scroll", look, { capture: true });
      removeEventListener("resize", look);
    };
  }, [key]);
  return visible;
}

function useKey(key: string, act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== key || event.repeat || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") || (event.target as Element).closest("input, select, textarea")) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
