import { describe, expect, it } from "vitest";
import { cutAround } from "../src/pure/around";
import { stretches } from "../src/pure/marks";
import { Edge } from "../src/pure/utf16";
import { countryName, does, fieldSaid, fieldsSaid, bounds, handleParts, said, webAddress } from "../src/pure/words";

describe("code points become UTF-16 units", () => {
  it.each([
    ["plain", "abc", 1, 2, "b"],
    ["a sign beyond the basic plane before", "💥 Raqqa fell", 2, 7, "Raqqa"],
    ["several, and one inside", "a𐍈b𐍈c", 1, 4, "𐍈b𐍈"],
    ["Arabic with a mark", "سقطت الرَّقة", 5, 12, "الرَّقة"],
    ["a lone surrogate counts as one", "\ud83d x", 2, 3, "x"],
    ["to the end", "x💥", 1, 2, "💥"],
    ["beyond the end", "ab", 0, 99, "ab"],
  ])("%s", (_, text, start, end, words) => expect(new Edge(text).slice(start, end)).toBe(words));

  it("agrees with the code points of every prefix", () => {
    const text = "𝔘x💥💥é\u200fب𐍈";
    const points = [...text];
    const edge = new Edge(text);
    for (let n = 0; n <= points.length; n++) expect(edge.unit(n)).toBe(points.slice(0, n).join("").length);
  });

  it("is exact on made texts of every plane, marks, joiners and lone halves of pairs among them", () => {
    let state = 20171018;
    const chance = (most: number) => (state = (state * 1103515245 + 12345) % 2147483648) % most;
    const kinds = [
      () => 0x20 + chance(0x5f), () => 0x300 + chance(0x70), () => 0x590 + chance(0x170), () => 0x200b + chance(5), () => 0x202a + chance(5), () => 0xfe0f,
      () => 0x4e00 + chance(0x5000), () => 0x10000 + chance(0x2000), () => 0x1f300 + chance(0x300), () => 0x100000 + chance(0xfffd),
    ];
    for (let round = 0; round < 400; round++) {
      const points = Array.from({ length: chance(60) }, () => String.fromCodePoint(kinds[chance(kinds.length)]!()));
      // A lone half stands where no other half can complete it.
      if (round % 5 === 0) points.push("\ud800", "x", "\udc00", "y");
      const edge = new Edge(points.join(""));
      expect(edge.points).toBe(points.length);
      const start = chance(points.length + 1);
      const end = start + chance(points.length - start + 1);
      expect(edge.slice(start, end)).toBe(points.slice(start, end).join(""));
    }
  });
});

describe("spans that overlap are laid flat", () => {
  const mark = (id: string, start: number, end: number) => ({ id, word: "events", start, end });
  it("keeps every character once, innermost mark first", () => {
    const found = stretches(0, 20, [mark("s1", 2, 18), mark("v1", 5, 9), mark("f1", 7, 12)]);
    expect(found.map((one) => [one.start, one.end, one.marks.map((m) => m.id).join(" ")])).toEqual([
      [0, 2, ""], [2, 5, "s1"], [5, 7, "v1 s1"], [7, 9, "v1 f1 s1"], [9, 12, "f1 s1"], [12, 18, "s1"], [18, 20, ""],
    ]);
  });
  it("is cut where a sentence begins and ends, and nowhere beyond", () => {
    expect(stretches(0, 10, [mark("a", 2, 6)], [4, 8, 12, 0]).map((one) => [one.start, one.end])).toEqual([[0, 2], [2, 4], [4, 6], [6, 8], [8, 10]]);
  });
  it("leaves out what is empty or lies outside, and cuts what reaches over", () => {
    expect(stretches(10, 20, [mark("a", 0, 10), mark("b", 15, 15), mark("c", 18, 30)]).map((one) => one.marks.length)).toEqual([0, 1]);
  });
});

describe("words for people", () => {
  it.each([
    [[13, null, null], "13 or more"], [[null, null, 40], "up to 40"], [[3000, null, 5000], "3,000–5,000"], [[13, 13, 13], "13"], [[null, 30000, null], "30,000"], [[null, null, null], "not told"],
  ] as const)("%o", ([low, best, high], words) => expect(bounds(low, best, high)).toBe(words));
  it.each([["javascript:alert(1)", null], ["data:text/html,x", null], ["/relative", null], ["https://example.org/a", "https://example.org/a"], [null, null]])("address %s", (given, kept) => expect(webAddress(given)).toBe(kept));
  it("splits handles", () => expect([handleParts("12/v3"), handleParts("incident:12/v3")]).toEqual([["12", "v3"], ["12", "v3"]]));
  it("says null as unknown, never as nothing or zero", () => expect([said(null), said([]), said(0), said(false)]).toEqual(["—", "—", "0", "no"]));
  it("names countries", () => expect([countryName("SY"), countryName("Kosovo")]).toEqual(["Syria", "Kosovo"]));
  it("says what somebody does", () => expect(["say", "deny", "accuse", "confirm", "claim_responsibility", "other"].map(does)).toEqual(["says", "denies", "accuses", "confirms", "claims responsibility", "says"]));
  it("says fields in words, and leaves out what is not the case", () => {
    const body = { id: "v1", type: "armed_clash", negated: false, figures: ["f2"], according_to: [], when: { from: "2017-06-01", to: null } };
    expect(fieldsSaid(body)).toEqual(["type", "figures", "when"]);
    expect(fieldsSaid(body).map((name) => fieldSaid(name, body[name as keyof typeof body], { f2: "killed 9" }))).toEqual(["armed clash", "killed 9", "since 1 Jun 2017 at the earliest"]);
    expect(fieldsSaid({ ...body, negated: true })).toContain("negated");
  });
  it("cuts a sentence where the words stand", () => expect(cutAround("The army took Palmyra.", ["took", "absent"]).map((one) => [one.text, one.hit])).toEqual([["The army ", false], ["took", true], [" Palmyra.", false]]));
});
