/** Says that the "from" day is later than the "to" day, where a result would be none. */
import { isTurned } from "../filter";
import { dayWords } from "../pure/days";
import { setValues } from "../route";

export function Turned({ query }: { query: URLSearchParams }) {
  if (!isTurned(query)) return null;
  const since = query.get("since")!;
  const until = query.get("until")!;
  return (
    <p class="notice" role="status">
      The “from” day, {dayWords(since)}, is later than the “to” day, {dayWords(until)}: no day lies between them, and nothing is shown. <button class="linklike" onClick={() => setValues({ since: until, until: since }, { push: true })}>Turn them round</button>
    </p>
  );
}
