import { expect, it } from "vitest";
import { marksOf, scaleOf } from "../src/pure/ranges";

const exact = (value: number) => ({ low: value, best: value, high: value, approximate: false });

it.each([
  [[3, 4], [0, 1, 2, 3, 4]],
  [[7, 27], [0, 10, 20]],
  [[40, 90], [0, 20, 40, 60, 80]],
  [[2, 2921], [1, 10, 100, 1000]],
])("writes numbers along the scale of %j", (values, marks) => {
  expect(marksOf(values.map(exact))).toEqual(marks);
  const scale = scaleOf(values.map(exact));
  expect(marks.map(scale).every((at, n, all) => at >= 0 && at <= 1 && (n === 0 || at > all[n - 1]!))).toBe(true);
});
