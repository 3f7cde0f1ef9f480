/** What the API gives, in DESIGN.md's words (src/dateline/web/shapes*.py). */

export interface Span { start: number; end: number; text: string }
export interface When { from: string | null; to: string | null; precision: string; approximate: boolean; basis: string | null; span: Span | null }
export interface Point {
  key: string | null; name: string; relation: string | null; country: string | null;
  lat: number | null; lon: number | null; radius_km: number | null; span: Span | null;
}
export interface Named { key: string | null; name: string }
export interface Speaker { key: string | null; name: string; statement: string | null }
export interface Chain { outlet: string | null; agency: string | null; speakers: Speaker[]; text: string }
export interface Account {
  id: string; report: number; chain: Chain; stance: string; voice: string; voice_name: string; echo: boolean;
  interested: string | null; published: string | null; words: string;
}
export interface Page<T> { count: number; items: T[]; next: string | null }
export interface Problem { type: string; title: string; status: number; wrong: string; given: string; mend: string }

export interface User { name: string; role: "reader" | "reviewer" | "owner"; csrf: string | null }
export interface Meta {
  dateline: string; schema_version: string; api_version: string; record: string; revision: string;
  counts: { reports: number; refused: number; statements: number; events: number; figures: number; control: number; incidents: number; places: number; actors: number };
  first: string | null; last: string | null; building: { ready: number; of: number };
  accounts: boolean; user: User | null; writable: boolean; tiles: string | null;
}
export interface Vocabulary {
  event_types: { id: string; label: string; definition: string }[];
  statuses: string[]; finding_statuses: string[]; standings: string[]; measures: string[]; acts: string[]; roles: string[];
  changes: string[]; actor_types: string[]; place_types: string[]; relation_types: string[]; precisions: string[];
}

export interface IncidentRow {
  id: string; row: number; type: string; when: When | null; where: Point | null; status: string; reason: string; event_status: string;
  independent: number; reports: number; confidence: number; killed: string | null; actors: Named[]; background: boolean; reviewed: boolean; words: string;
}
export interface Points {
  revision: string; count: number; types: string[]; statuses: string[]; event_statuses: string[]; id: string[];
  lat: (number | null)[]; lon: (number | null)[]; radius_km: (number | null)[]; first: (number | null)[]; last: (number | null)[];
  place?: (number | null)[]; ledger?: string | null;
  type: number[]; status: number[]; event_status: number[]; reports: number[]; independent: number[]; confidence: number[]; reviewed: number[];
}
export interface Matches { revision: string; count: number; rows: number[] }
export interface Holder extends Named { known: boolean }
export interface LedgerChanges {
  revision: string; count: number; places: Point[]; holders: Holder[]; standings: string[];
  place: number[]; holder: number[]; standing: number[]; first: (number | null)[]; last: (number | null)[];
}

export interface Participant { role: string; entity: string | null; key: string | null; name: string; span: Span }
export interface Figure {
  id: string; report: number; measure: string; low: number | null; best: number | null; high: number | null; approximate: boolean; share: number | null;
  counts: "flow" | "stock" | "total" | null; unit: string | null; of: string | null; words: string; part: boolean; when: When | null; where: Point | null; chain: Chain;
  published: string | null; title: string | null; voice_name: string | null; interested: string | null; incident: string | null; span: Span; confidence: number;
}
export interface Tally { measure: string; kind: "one" | "same" | "update" | "conflict"; reason: string; lowest: Figure; highest: Figure; latest: Figure; figures: Figure[] }
export interface Telling {
  id: string; report: number; title: string | null; url: string | null; source: string | null; published: string | null; type: string; status: string;
  negated: boolean; trigger: Span; sentence: Span; when: When | null; where: Point | null; participants: Participant[]; figures: string[];
  confidence: number; account: Account; reviewed: boolean;
}
export interface Contradiction { about: string; words: string; sides: { value: string; accounts: string[] }[] }
export interface Judgement { n: number; a: string; b: string; verdict: string; score: number | null; reason: string; judge: string; at: string }
export interface IncidentDetail {
  id: string; row: number | null; type: string; when: When | null; where: Point | null; status: string; reason: string; independent: number; reports: number;
  background: boolean; reviewed: boolean; confidence: number; participants: Named[]; events: Telling[]; accounts: Account[]; figures: Tally[];
  contradictions: Contradiction[]; judgements: Judgement[]; stances: Record<string, number>;
}

export interface ReportRow {
  report: number; title: string | null; source: string | null; agency: string | null; url: string | null;
  published: { date: string | null; basis: string | null }; language: string | null; version: number; current: boolean; read_at: string; reader: string; words: string | null;
}
export interface ReportDetail {
  report: number; version: number; current: boolean; versions: ReportRow[]; agency: string | null; read_at: string; reader: string; reading: Reading;
  worlds: Record<string, string>; names: Record<string, string>; incidents: Record<string, string>; chains: Record<string, Chain>; copies: ReportRow[];
}
export interface Reading {
  report: { id: string; source: string | null; url: string | null; title: string | null; authors: string[]; text: string; language: string | null;
    published: { date: string | null }; sections: { kind: string; start: number; end: number }[] };
  entities: { id: string; kind: string; type: string; name: string; mentions: (Span & { form: string })[] }[];
  statements: { id: string; speaker: string | null; speaker_span: Span | null; cue: Span | null; content: Span[]; mode: string; act: string; when: When | null; within: string | null }[];
  events: { id: string; type: string; trigger: Span; participants: { role: string; entity: string | null; span: Span }[]; when: When | null; where: Where | null;
    status: string; negated: boolean; according_to: string[]; figures: string[]; sentence: Span; confidence: number }[];
  figures: { id: string; measure: string; low: number | null; best: number | null; high: number | null; approximate: boolean; share: number | null; unit: string | null; span: Span; when: When | null; where: Where | null; according_to: string[]; confidence: number }[];
  control: { id: string; place: string | null; holder: string | null; previous_holder: string | null; change: string; when: When | null; status: string; according_to: string[]; span: Span; confidence: number }[];
  times: { id: string; when: When }[];
  images: { id: string; kind: string; shows: Span | null }[];
}
export interface Where { entity: string | null; relation: string; span: Span | null; radius_km: number | null }
export interface Reason { field: string; rule: string; detail: string; score: number | null; span: Span | null }
export interface Explanation { id: string; word: string; report: number; title: string | null; published: string | null; body: Record<string, unknown>; names: Record<string, string>; spans: Span[]; chain: Chain; around: string; rejected: boolean; reasons: Reason[] }

export interface Change {
  id: string; report: number; place: Named; change: string; status: string; holder: Named | null; previous_holder: Named | null; when: When; account: Account;
  denials: Account[]; words: string; sentence: string; span: Span;
}
export interface Band { from: string | null; to: string | null; holder: Named; standing: string; independent: number; reason: string }
export interface Holding { place: Point; holder: Named; since: When; until: When | null; standing: string; reason: string; independent: number; accounts: Change[]; against: Account[] }
export interface PlaceRow { place: Point; named: boolean; type: string; reports: number; events: number; control: number }
export interface PlaceDetail { place: Point; type: string; names: string[]; reports: number; events: number; incidents: number; figures: number; bands: Band[]; changes: Change[] }
export interface ActorRow { key: string; named: boolean; name: string; kind: string; type: string; country: string | null; reports: number; events: number; statements: number }
export interface Tie { type: string; other: Named; direction: "to" | "from"; since: string | null; until: string | null; basis: string; id: string | null; words: string | null }
export interface ActorDetail {
  key: string; name: string; kind: string; type: string; country: string | null; known: string | null; party: Named | null; aliases: { name: string; reports: number }[];
  ties: Tie[]; reports: number; events: number; statements: number; incidents: number; holds: Holding[];
}
export interface StatementRow {
  id: string; report: number; title: string | null; source: string | null; published: string | null; speaker: Named | null; act: string; mode: string;
  cue: Span | null; content: Span[]; addressee: string | null; medium: string | null; when: When | null; within: string | null;
}
export interface NameHit { key: string; name: string; kind: string; type: string; country: string | null; reports: number; lat: number | null; lon: number | null }
export interface Found { count: number; reports: ReportRow[]; names: NameHit[]; next: string | null }
export interface Label { name: string; lat: number; lon: number; population: number; country: string | null; type: string; geonames_id: number | null }
export interface Labels { count: number; items: Label[] }

export interface Entry {
  n: number; verb: string; id: string | null; report: number; item: string | null; field: string | null; was: unknown; value: unknown; words: string | null;
  who: string; at: string; why: string; target: number | null; undone_by: number | null; fits: boolean | null; reason: string | null;
}
export interface ItemHistory { id: string; word: string | null; machine: Record<string, unknown> | null; now: Record<string, unknown> | null; entries: Entry[] }
export interface QueueItem {
  id: string; report: number; word: string; title: string | null; source: string | null; published: string | null; doubt: number; weight: number; why: string;
  body: Record<string, unknown>; names: Record<string, string>; chain: Chain; around: string; spans: Span[]; entries: Entry[]; second: boolean;
}
export interface Queue { count: number; items: QueueItem[]; next: string | null }
export interface Progress { judged: number; of: number; words: { name: string; judged: number; of: number }[]; people: { name: string; judged: number; of: number }[] }
export interface Agreement { a: string; b: string; both: number; alike: number; share: number | null; kappa: number | null }
export interface Conflict { id: string; field: string | null; entries: Entry[] }
export interface NewCorrection {
  verb: string; report: number; item: string | null; field?: string | null; value?: unknown; other?: string | null; words?: string | null; why?: string; after?: number | null; as_read?: boolean;
}
