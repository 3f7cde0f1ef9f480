/** A sentence cut where a value's words stand, so that the eye finds them. */
export interface Cut { text: string; hit: boolean }

export function cutAround(around: string, words: readonly string[]): Cut[] {
  const lit = new Uint8Array(around.length);
  for (const word of words) {
    const at = word ? around.indexOf(word) : -1;
    if (at >= 0) lit.fill(1, at, at + word.length);
  }
  const found: Cut[] = [];
  for (let from = 0; from < around.length; ) {
    let to = from + 1;
    while (to < around.length && lit[to] === lit[from]) to++;
    found.push({ text: around.slice(from, to), hit: lit[from] === 1 });
    from = to;
  }
  return found;
}
