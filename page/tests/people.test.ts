import { describe, expect, it } from "vitest";
import { told } from "../src/pure/people";

const problem = (wrong: string, given: string, mend: string, name = "not-found") => ({ type: `urn:dateline:problem:${name}`, title: "", status: 404, wrong, given, mend });

describe("a problem for people", () => {
  it("leads to views instead of paths of the API", () => {
    const said = told(problem("the record has no such place", "geonames:1", "list places at /api/places, or find names at /api/names"));
    expect(said).toEqual({ wrong: "the record has no such place", given: "geonames:1", mend: "go on here:", views: [["Search", ["search"]], ["Places", ["places"]]] });
    expect(told(problem("no such value", "7/v9", "the values of a report are in /api/reports/7")).views).toEqual([["the report", ["report", "7"]]]);
  });
  it("names what of the address has no such value", () => {
    const said = told(problem("String should match pattern '^x$'", "query.since=foo", "see the API's description at /api/openapi.json", "invalid"));
    expect([said.wrong, said.given]).toEqual(["there is no such value for “since”", "foo"]);
  });
  it("leaves alone what names no path", () => {
    expect(told(problem("there is no such status", "bogus", "give one of: claimed, open"))).toMatchObject({ wrong: "there is no such status", given: "bogus", mend: "give one of: claimed, open", views: [] });
  });
  it("knows no path of a request", () => {
    expect(told(problem("a fault", "/api/incidents", "send it to the issue tracker")).given).toBe("");
  });
});
