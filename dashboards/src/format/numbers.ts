/** Numbers as people read them. A missing number is an en dash, never a zero. */
export const MISSING = '–';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

export const integer = (value: number): string => whole.format(value);

/** @returns the value with exactly that many decimals and a real minus sign. */
export function decimal(value: number | undefined, digits: number): string {
  if (value === undefined || !Number.isFinite(value)) return MISSING;
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** @returns `212 ms` below a second, `1.24 s` from there on. */
export function duration(ms: number | undefined): string {
  if (ms === undefined || !Number.isFinite(ms)) return MISSING;
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${decimal(ms / 1000, 2)} s`;
}

/** @returns a coarse age: `4 s`, `3 min`, `2 h`, `5 d`. A clock that runs ahead of ours is `0 s` old. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** Slow ones, and what is taken off a speed, with a decimal: as the house says them in its reasons. */
export const kmh = (mps: number): string => `${decimal(mps * 3.6, mps < 5 ? 1 : 0)} km/h`;

export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  return count < 1_048_576 ? `${decimal(count / 1024, 1)} kB` : `${decimal(count / 1_048_576, 1)} MB`;
}

/** @returns the token of an account id, shortened: `Ab3x…9fQ2` is enough to tell two apart on a page. */
export function shortAccount(id: string): string {
  const token = id.slice(id.indexOf('_') + 1);
  return `${token.slice(0, 4)}…${token.slice(-4)}`;
}

export const shortHash = (hash: string): string => `${hash.slice(0, 8)}…${hash.slice(-8)}`;
