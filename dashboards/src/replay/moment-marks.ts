/** The numbers of the key moments where they are drawn; those that would cover one another share a place. */
export interface Mark {
  readonly at: number;
  readonly label: string;
}

/** @param places of the moments 1, 2, 3 in order of time, undefined where one was not seen. */
export function momentMarks(places: readonly (number | undefined)[], apart: number): readonly Mark[] {
  const marks: Mark[] = [];
  for (const [i, at] of places.entries()) {
    if (at === undefined) continue;
    const last = marks.at(-1);
    if (last && at - last.at < apart) marks.splice(-1, 1, { at, label: `${last.label}·${i + 1}` });
    else marks.push({ at, label: String(i + 1) });
  }
  return marks;
}
