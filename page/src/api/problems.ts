/** Problems that arise in the browser itself. */
import type { Problem } from "./types";

export class NotThere extends Error {
  readonly problem: Problem;
  constructor(given: string) {
    super("this file does not hold it");
    this.problem = {
      type: "urn:dateline:problem:not-in-this-file", title: "Not in this file", status: 404, wrong: "this file holds a selection of the record, and this is not in it",
      given, mend: "ask whoever made the file, or open the record with `dateline serve`",
    };
  }
}

export const problemNotThere = (given: string): NotThere => new NotThere(given);
