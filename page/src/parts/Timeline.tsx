import { useEffect, useRef } from "preact/hooks";
import type { Columns } from "../pure/columns";
import { EARLIEST, LATEST, histogram } from "../pure/columns";
import { isoDay, ticks } from "../pure/days";

const FEW = 60;
const FOOT = 18;

export interface TimelineProps {
  columns: Columns; rows: Uint32Array; span: [number, number]; window: [number, number]; day: number; dark: boolean;
  onWindow: (since: number | null, until: number | null) => void;
}

/** The days of the incidents: solid where a day is known, faded as far as it may reach. Drag to keep a stretch. */
export function Timeline({ columns, rows, span, window: kept, day, dark, onWindow }: TimelineProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const from = useRef<number | null>(null);
  const drawn = useRef<[number, number] | null>(null);
  const paint = (): void => {
    if (canvas.current) paintDays(canvas.current, { columns, rows, span, kept: drawn.current ?? kept, day, dark });
  };
  useEffect(paint);
  useEffect(() => {
    const watch = new ResizeObserver(paint);
    if (canvas.current) watch.observe(canvas.current);
    return () => watch.disconnect();
  }, [columns, rows, span[0], span[1], kept[0], kept[1], day, dark]);
  const dayAt = (event: PointerEvent): number => {
    const edge = canvas.current!.getBoundingClientRect();
    return Math.round(span[0] + ((event.clientX - edge.left) / edge.width) * (span[1] - span[0]));
  };
  const drop = (event: PointerEvent): void => {
    if (from.current === null) return;
    const [low, high] = [Math.min(from.current, dayAt(event)), Math.max(from.current, dayAt(event))];
    from.current = null;
    drawn.current = null;
    if (high - low < Math.max(1, (span[1] - span[0]) / 200)) onWindow(null, null);
    else onWindow(Math.max(low, span[0]), Math.min(high, span[1]));
  };
  return (
    <canvas
      ref={canvas} class="days" role="img"
      aria-label={`Time line from ${isoDay(span[0])} to ${isoDay(span[1])}; solid where a day is known, faded where it is not. The fields beside it set the same days by keyboard.`}
      onPointerDown={(event) => {
        from.current = dayAt(event);
        canvas.current!.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (from.current === null) return;
        drawn.current = [Math.min(from.current, dayAt(event)), Math.max(from.current, dayAt(event))];
        paint();
      }}
      onPointerUp={drop}
    />
  );
}

interface Picture { columns: Columns; rows: Uint32Array; span: [number, number]; kept: [number, number]; day: number; dark: boolean }

function paintDays(canvas: HTMLCanvasElement, picture: Picture): void {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const ratio = Math.min(2, devicePixelRatio || 1);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d");
  if (!pen || width === 0) return;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const [first, last] = picture.span;
  const at = (day: number): number => ((day - first) / Math.max(1, last - first)) * width;
  const inner = height - FOOT;
  paintAxis(pen, picture, at, width, inner);
  const shown = picture.rows.filter((row) => picture.columns.last[row]! >= first && picture.columns.first[row]! <= last);
  if (shown.length > FEW) paintBins(pen, picture, width, inner);
  else paintLanes(pen, picture, shown, at, inner);
  paintKept(pen, picture, at, width, inner);
}

const ink = (dark: boolean) => (dark ? { solid: "#8fb4d9", faint: "rgba(143,180,217,.28)", text: "#9aa6b2", line: "#37424d", day: "#ff9d7a", veil: "rgba(16,20,25,.6)" }
  : { solid: "#38618c", faint: "rgba(56,97,140,.25)", text: "#5c6670", line: "#d5d0c5", day: "#c2410c", veil: "rgba(250,249,246,.7)" });

function paintAxis(pen: CanvasRenderingContext2D, picture: Picture, at: (day: number) => number, width: number, inner: number): void {
  const colours = ink(picture.dark);
  pen.font = "11px system-ui, sans-serif";
  pen.textBaseline = "top";
  pen.textAlign = "left";
  pen.strokeStyle = colours.line;
  pen.fillStyle = colours.text;
  for (const { day, label } of ticks(picture.span[0], picture.span[1], Math.max(2, width / 80))) {
    const x = Math.round(at(day)) + 0.5;
    pen.beginPath();
    pen.moveTo(x, 0);
    pen.lineTo(x, inner + 4);
    pen.stroke();
    if (x + pen.measureText(label).width + 4 < width) pen.fillText(label, x + 3, inner + 4);
  }
}

function paintBins(pen: CanvasRenderingContext2D, picture: Picture, width: number, inner: number): void {
  const [first, last] = picture.span;
  const colours = ink(picture.dark);
  const bins = histogram(picture.columns, picture.rows, first, last, Math.max(20, Math.floor(width / 4)));
  const step = (bins.width / Math.max(1, last - first)) * width;
  const tall = (inner - 4) / Math.max(1, bins.most);
  for (let n = 0; n < bins.sure.length; n++) {
    const solid = bins.sure[n]! * tall;
    const faint = bins.may[n]! * tall;
    const x = n * step;
    pen.fillStyle = colours.solid;
    if (solid) pen.fillRect(x, inner - Math.max(1, solid), Math.max(1, step - 1), Math.max(1, solid));
    pen.fillStyle = colours.faint;
    if (faint) pen.fillRect(x, inner - solid - faint, Math.max(1, step - 1), faint);
  }
}

function paintLanes(pen: CanvasRenderingContext2D, picture: Picture, shown: Uint32Array, at: (day: number) => number, inner: number): void {
  const colours = ink(picture.dark);
  const { columns, span } = picture;
  const ends: number[] = [];
  const lanes: { lane: number; from: number; to: number; open: [boolean, boolean]; sure: boolean }[] = [];
  for (const row of [...shown].sort((a, b) => columns.first[a]! - columns.first[b]!)) {
    const first = columns.first[row]!;
    const last = columns.last[row]!;
    if (first === EARLIEST && last === LATEST) continue;
    const from = at(Math.max(first, span[0]));
    const to = Math.max(from + 5, at(Math.min(last, span[1]) + 1));
    let lane = ends.findIndex((end) => end < from - 2);
    if (lane < 0) lane = ends.length;
    ends[lane] = to;
    lanes.push({ lane, from, to, open: [first === EARLIEST, last === LATEST], sure: first === last });
  }
  const tall = Math.min(9, (inner - 4) / Math.max(1, ends.length));
  for (const bar of lanes) {
    const y = inner - 3 - (bar.lane + 1) * tall;
    if (bar.sure) pen.fillStyle = colours.solid;
    else {
      // The core is where the middle lies; towards both ends the bar fades as the doubt grows.
      const fade = pen.createLinearGradient(bar.from, 0, bar.to, 0);
      fade.addColorStop(0, bar.open[1] ? colours.solid : "transparent");
      fade.addColorStop(0.5, bar.open[0] || bar.open[1] ? colours.faint : colours.solid);
      fade.addColorStop(1, bar.open[0] ? colours.solid : "transparent");
      pen.fillStyle = fade;
    }
    pen.beginPath();
    pen.roundRect(bar.from, y, bar.to - bar.from, Math.max(2, tall - 1.5), 2);
    pen.fill();
  }
}

function paintKept(pen: CanvasRenderingContext2D, picture: Picture, at: (day: number) => number, width: number, inner: number): void {
  const colours = ink(picture.dark);
  const [since, until] = picture.kept;
  pen.fillStyle = colours.veil;
  if (since > picture.span[0]) pen.fillRect(0, 0, at(since), inner);
  if (until < picture.span[1]) pen.fillRect(at(until + 1), 0, width, inner);
  pen.strokeStyle = colours.day;
  pen.lineWidth = 2;
  const x = Math.min(width - 1, Math.max(1, at(picture.day)));
  pen.beginPath();
  pen.moveTo(x, 0);
  pen.lineTo(x, inner + 3);
  pen.stroke();
}
