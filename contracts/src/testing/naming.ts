/** Makes functions as they are made all the time, inside of others. */
export function makeFunctions(): readonly (() => void)[] {
  const first = (): void => undefined;
  const second = (): void => undefined;
  return [first, second];
}
