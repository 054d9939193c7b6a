/** Beside which item of the file a remark is shown. None is left out: what has no place of its own stands by the case. */
export function besideWhat(about: string, shownMeasures: readonly string[]): string {
  const [kind, of] = about.split(':');
  switch (kind) {
    case 'replay':
    case 'picture':
      return 'replay';
    case 'report':
      return 'report';
    case 'measure':
      return of !== undefined && shownMeasures.includes(of) ? about : 'case';
    default:
      return 'case';
  }
}
