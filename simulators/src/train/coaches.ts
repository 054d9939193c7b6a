/** The seats of a train: coaches of second class with rows of A B C D F, and one of first with A C D F, as on the CRH. */
export interface Place {
  readonly coach: string;
  readonly place: string;
}

const FIRST = { coach: '1', rows: 12, letters: ['A', 'C', 'D', 'F'] };
const SECOND = { coaches: ['2', '3', '4'], rows: 16, letters: ['A', 'B', 'C', 'D', 'F'] };

export function placesOfTrain(): readonly Place[] {
  const first = placesOf(FIRST.coach, FIRST.rows, FIRST.letters);
  const second = SECOND.coaches.flatMap((coach) => placesOf(coach, SECOND.rows, SECOND.letters));
  return [...first, ...second];
}

function placesOf(coach: string, rows: number, letters: readonly string[]): readonly Place[] {
  return Array.from({ length: rows }, (_, row) =>
    letters.map((letter) => ({ coach, place: `${row + 1}${letter}` })),
  ).flat();
}
