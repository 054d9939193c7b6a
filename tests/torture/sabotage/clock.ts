/** A host whose clock can be set wrong: everything that asks for the time of day gets it shifted. */
let shiftMs = 0;

export const shiftClock = (byMs: number): void => void (shiftMs = byMs);

export function wrapClock(): void {
  const Real = Date;
  const now = (): number => Real.now() + shiftMs;
  globalThis.Date = new Proxy(Real, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
    apply: () => new Real(now()).toString(),
    get: (target, name, receiver) =>
      name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown),
  });
}
