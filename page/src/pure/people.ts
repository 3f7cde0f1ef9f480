/** What the API says to programs, as the page says it to people: views instead of the API's paths. */
import type { Problem } from "../api/types";

/** A problem for people; ``views`` are names of views with their paths, where one may go on. */
export interface Told { wrong: string; given: string; mend: string; views: readonly (readonly [string, readonly string[]])[] }

const PATHS: readonly (readonly [RegExp, (found: RegExpExecArray) => readonly [string, readonly string[]]])[] = [
  [/\/api\/(?:reports|explain)\/(\d+)/g, (found) => ["the report", ["report", found[1]!]]],
  [/\/api\/reports(?!\/)/g, () => ["Reports", ["reports"]]],
  [/\/api\/(?:incidents|names)/g, () => ["Search", ["search"]]],
  [/\/api\/places/g, () => ["Places", ["places"]]],
  [/\/api\/actors/g, () => ["Actors", ["actors"]]],
];
const INVALID = "urn:dateline:problem:invalid";
const WANTED = /^(String|Input|Value|List)\b.*\bshould\b/;

/** The problem without paths of the API and names of its parts. */
export function told(problem: Problem): Told {
  const views = PATHS.flatMap(([path, view]) => [...problem.mend.matchAll(path)].map((found) => view(found as unknown as RegExpExecArray)));
  if (problem.type === INVALID) {
    const [, name = "", value = ""] = /^(?:query|path|body)\.([^=.]*)[^=]*=?(.*)$/s.exec(problem.given) ?? [];
    const long = /at most \d+ characters/.exec(problem.wrong)?.[0];
    return {
      wrong: name && WANTED.test(problem.wrong) ? long ? `this is too long for “${name.replace(/_/g, " ")}”: it may have ${long}` : `there is no such value for “${name.replace(/_/g, " ")}”` : problem.wrong,
      given: value.length > 80 ? `${value.slice(0, 80)} …` : value, mend: "mend it in the address, or go on here:", views: [["Map", ["map"]], ["Search", ["search"]]],
    };
  }
  if (!problem.mend.includes("/api/")) return { wrong: problem.wrong, given: problem.given.startsWith("/api/") ? "" : problem.given, mend: problem.mend, views: [] };
  if (problem.mend.includes("/api/session")) return { wrong: "this window is not signed in any more", given: "", mend: "load the page anew", views: [] };
  return {
    wrong: problem.wrong.startsWith("the API has no such path") ? "there is no such page" : problem.wrong, given: problem.given.startsWith("/api/") ? "" : problem.given,
    mend: "go on here:", views: views.length ? views : [["Map", ["map"]], ["Search", ["search"]]],
  };
}
