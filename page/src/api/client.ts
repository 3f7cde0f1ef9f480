/** Asks the server on this machine; in the one-file page, the answers that stand in the file. */
import { Dossier, answerFrom } from "./dossier";
import type { Meta, Problem } from "./types";

/** A refusal of the server, with what to do. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.wrong);
  }
}

/** The kind of problem that passes when the server answers again. */
export const NO_ANSWER = "urn:dateline:problem:no-answer";
const NOWHERE: Problem = {
  type: NO_ANSWER, title: "No answer", status: 0, wrong: "the server does not answer", given: "",
  mend: "see whether `dateline serve` still runs; this page goes on by itself as soon as it answers",
};
const BEAT = 2000;

export const dossier: Dossier | null = readDossier();
let csrf: string | null = null;
let who: string | null = null;
let beat: ReturnType<typeof setInterval> | null = null;
const returned = new Set<() => void>();
const ended = new Set<() => void>();
let waiting: (() => void)[] = [];

/** Tells the listener when the session of who had signed in has ended; gives what takes it away. */
export function onSignedOut(listener: () => void): () => void {
  ended.add(listener);
  return () => void ended.delete(listener);
}

/** Tells the listener when a server that did not answer answers again; gives what takes it away. */
export function onReturn(listener: () => void): () => void {
  returned.add(listener);
  return () => void returned.delete(listener);
}

/** Asks again and again until the server answers; then all that waits for it is told. */
function listenForIt(): void {
  beat ??= setInterval(() => void fetch("/api/meta", { credentials: "same-origin" }).then(async (answer) => {
    if (!answer.ok || beat === null) return;
    clearInterval(beat);
    beat = null;
    await askMeta();
    for (const listener of [...returned]) listener();
  }).catch(() => undefined), BEAT);
}

function readDossier(): Dossier | null {
  const text = typeof document === "undefined" ? null : document.getElementById("dossier")?.textContent;
  return text ? (JSON.parse(text) as Dossier | null) : null;
}

/** One answer of the API. */
export async function ask<T>(path: string, query?: URLSearchParams, signal?: AbortSignal): Promise<T> {
  if (dossier) return answerFrom<T>(dossier, path, query ?? new URLSearchParams());
  const tail = query?.toString();
  return send<T>(tail ? `${path}?${tail}` : path, signal ? { signal } : {});
}

/** Changes something on the server. */
export function tell<T>(method: "POST" | "DELETE", path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (csrf) headers["X-Dateline-CSRF"] = csrf;
  return send<T>(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

async function send<T>(address: string, init: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(address, { credentials: "same-origin", ...init });
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === "AbortError") throw fault;
    listenForIt();
    throw new Refused(NOWHERE);
  }
  if (answer.status === 204) return undefined as T;
  if (answer.status === 401 && csrf !== null && address !== "/api/session") {
    for (const listener of ended) listener();
    // What only looks waits and is asked again; what changes something is sent anew by who signs in.
    if (!init.method) return new Promise<void>((again) => waiting.push(again)).then(() => send<T>(address, init));
  }
  if (answer.status === 403 && init.method && (await renewed())) return tell<T>(init.method as "POST" | "DELETE", address, init.body ? JSON.parse(String(init.body)) : undefined);
  if (!answer.ok) throw new Refused(await problemOf(answer));
  return (await answer.json()) as T;
}

/** Whether a server that was started anew has given the same person another token, with which a change may be sent once more. */
async function renewed(): Promise<boolean> {
  const [token, name] = [csrf, who];
  await askMeta().catch(() => undefined);
  return csrf !== null && csrf !== token && who === name;
}

async function problemOf(answer: Response): Promise<Problem> {
  const kind = answer.headers.get("Content-Type") ?? "";
  const told = kind.includes("json") ? ((await answer.json().catch(() => null)) as Partial<Problem> | null) : null;
  if (told && typeof told.wrong === "string") return { ...NOWHERE, given: "", mend: "", ...told };
  const wrong = `the server answered ${answer.status}`;
  // A proxy whose server is gone says so by these.
  if (answer.status >= 502 && answer.status <= 504) {
    listenForIt();
    return { ...NOWHERE, status: answer.status, title: answer.statusText, wrong };
  }
  return { type: "urn:dateline:problem:unreadable", title: answer.statusText, status: answer.status, wrong, given: "", mend: "load the page anew; if it stays so, look into the server’s log" };
}

/** What the server says of itself; keeps the token that changes need. */
export async function askMeta(): Promise<Meta> {
  const meta = await ask<Meta>("/api/meta");
  csrf = meta.user?.csrf ?? null;
  who = meta.user?.name ?? null;
  if (csrf !== null) {
    for (const again of waiting) again();
    waiting = [];
  }
  return meta;
}

/** A key as a part of an address. */
export const keyPath = (key: string): string => key.split("/").map(encodeURIComponent).join("/");
