/** Asks the server on this machine; in the one-file page, the answers that stand in the file. */
import { Dossier, answerFrom } from "./dossier";
import type { Meta, Problem } from "./types";

/** A refusal of the server, with what to do. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.wrong);
  }
}

const NOWHERE: Problem = {
  type: "urn:dateline:problem:no-answer", title: "No answer", status: 0, wrong: "the server on this machine does not answer", given: "",
  mend: "see whether `dateline serve` still runs, then load the page anew",
};

export const dossier: Dossier | null = readDossier();
let csrf: string | null = null;
const ended = new Set<() => void>();
let waiting: (() => void)[] = [];

/** Tells the listener when the session of who had signed in has ended; gives what takes it away. */
export function onSignedOut(listener: () => void): () => void {
  ended.add(listener);
  return () => void ended.delete(listener);
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
    throw new Refused(NOWHERE);
  }
  if (answer.status === 204) return undefined as T;
  if (answer.status === 401 && csrf !== null && address !== "/api/session") {
    for (const listener of ended) listener();
    // What only looks waits and is asked again; what changes something is sent anew by who signs in.
    if (!init.method) return new Promise<void>((again) => waiting.push(again)).then(() => send<T>(address, init));
  }
  if (!answer.ok) throw new Refused(await problemOf(answer));
  return (await answer.json()) as T;
}

async function problemOf(answer: Response): Promise<Problem> {
  const kind = answer.headers.get("Content-Type") ?? "";
  const told = kind.includes("json") ? ((await answer.json().catch(() => null)) as Partial<Problem> | null) : null;
  if (told && typeof told.wrong === "string") return { ...NOWHERE, given: "", mend: "", ...told };
  return { ...NOWHERE, status: answer.status, title: answer.statusText, wrong: `the server answered ${answer.status}` };
}

/** What the server says of itself; keeps the token that changes need. */
export async function askMeta(): Promise<Meta> {
  const meta = await ask<Meta>("/api/meta");
  csrf = meta.user?.csrf ?? null;
  if (csrf !== null) {
    for (const again of waiting) again();
    waiting = [];
  }
  return meta;
}

/** A key as a part of an address. */
export const keyPath = (key: string): string => key.split("/").map(encodeURIComponent).join("/");
