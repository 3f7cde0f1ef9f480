import type { IncidentRow } from "../api/types";
import { Badge, Days, Kind, incidentAddress } from "../parts/pieces";
import { many } from "../pure/words";

/** An incident in a list. */
export function IncidentCard({ row, chosen }: { row: IncidentRow; chosen: boolean }) {
  return (
    <li class={chosen ? "card chosen" : "card"}>
      <a href={incidentAddress(row.id)}>
        <span class="card-top"><Kind type={row.type} /><Badge word={row.status} title={row.reason} /></span>
        <span class="card-words"><bdi>{row.words}</bdi></span>
        <span class="card-foot">
          <Days when={row.when} />{row.where && <> · <bdi>{row.where.name}</bdi></>} · {many(row.independent, "independent source")} in {many(row.reports, "report")}
          {row.killed && <> · <bdi>{row.killed}</bdi> killed</>}{row.reviewed && <> · reviewed</>}
        </span>
      </a>
    </li>
  );
}
