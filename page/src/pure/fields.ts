/** Which fields of a value a person can change here, and how what is typed becomes a value (docs/corrections.md). */
export interface Field { name: string; was: string; choices: readonly string[] | null; hint: string; read: (typed: string) => unknown }

const STATUSES = ["occurred", "ongoing", "ended", "denied", "possible", "planned", "demanded", "hypothetical"];
const CHANGES = ["captured", "recaptured", "held", "lost", "besieged", "contested", "handed_over"];
const MEASURES = ["killed", "injured", "missing", "detained", "abducted", "displaced", "refugees", "returned", "in_need", "without_access", "besieged", "food_insecure", "affected", "destroyed", "damaged", "captured", "forces", "strikes", "money", "other"];
const ACTS = ["say", "declare", "claim_responsibility", "confirm", "deny", "accuse", "blame", "warn", "threaten", "promise", "demand", "urge", "condemn", "praise", "congratulate", "estimate", "report", "predict", "admit", "propose", "refuse", "other"];

const words = (typed: string): unknown => typed.trim() || null;
const number = (typed: string): unknown => (typed.trim() === "" || Number.isNaN(Number(typed)) ? words(typed) : Number(typed));
const truth = (typed: string): unknown => typed === "yes";

function day(value: unknown): string {
  const when = value as { from?: string | null; to?: string | null } | null;
  if (!when || (!when.from && !when.to)) return "";
  return when.from === when.to ? (when.from ?? "") : `${when.from ?? ""}..${when.to ?? ""}`;
}

const BY_WORD: Record<string, readonly [string, readonly string[] | null, string][]> = {
  events: [["status", STATUSES, ""], ["type", null, "air_strike"], ["when", null, "2017-10-17 or 2017-10-01..2017-10-17"], ["where", null, "a place by name"], ["negated", ["no", "yes"], ""]],
  figures: [["best", null, "a number"], ["low", null, "a number"], ["high", null, "a number"], ["measure", MEASURES, ""], ["when", null, "2017-10-17"], ["where", null, "a place by name"], ["unit", null, "people"]],
  control: [["holder", null, "who, by name"], ["previous_holder", null, "who, by name"], ["place", null, "a place by name"], ["change", CHANGES, ""], ["status", STATUSES, ""], ["when", null, "2017-10-17"]],
  statements: [["speaker", null, "who, by name"], ["act", ACTS, ""], ["mode", ["direct", "indirect", "mixed"], ""], ["when", null, "2017-10-17"], ["medium", null, ""]],
  entities: [["name", null, ""], ["type", null, "armed_group"], ["known_as", null, "key in the who's who"], ["country", null, "SY"]],
  relations: [["type", null, "backs"], ["source", null, "who, by name"], ["target", null, "who, by name"]],
};

export function fieldsOf(word: string, body: Record<string, unknown>): Field[] {
  return (BY_WORD[word] ?? []).map(([name, choices, hint]) => {
    const value = body[name];
    if (name === "negated") return { name, choices, hint, was: value === true ? "yes" : "no", read: truth };
    if (name === "when") return { name, choices, hint, was: day(value), read: words };
    const was = typeof value === "string" || typeof value === "number" ? String(value) : "";
    return { name, choices, hint, was, read: name === "best" || name === "low" || name === "high" ? number : words };
  });
}
