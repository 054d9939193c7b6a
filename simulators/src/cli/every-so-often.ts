/** @returns a function that passes on at most one call a key in each period, the first of it. */
export function everySoOften<K, V>(
  periodMs: number,
  pass: (key: K, value: V) => void,
  clock: () => number = () => performance.now(),
): (key: K, value: V) => void {
  const last = new Map<K, number>();
  return (key, value) => {
    const now = clock();
    if (now - (last.get(key) ?? -Infinity) < periodMs) return;
    last.set(key, now);
    pass(key, value);
  };
}
