/** One comparison of what is stored with what it was computed to be. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly expected: number | string;
  readonly found: number | string;
  /** In words: what was compared, and where it differs. */
  readonly detail: string;
}

export interface VerifyReport {
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

export function equalCheck(name: string, expected: number, found: number, what: string): Check {
  const ok = expected === found;
  return {
    name,
    ok,
    expected,
    found,
    detail: ok ? `${found} ${what}` : `${what}: ${found}, should be ${expected}`,
  };
}

const NAMED = 5;

/** A check that passes where there is no fault; keeps the first few faults and counts the rest. */
export class FaultList {
  readonly #name: string;
  readonly #named: string[] = [];
  #count = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add(fault: string): void {
    this.#count += 1;
    if (this.#named.length < NAMED) this.#named.push(fault);
  }

  /** @param sound what to say where nothing was wrong. */
  check(sound: string): Check {
    const rest = this.#count - this.#named.length;
    const detail = rest > 0 ? `${this.#named.join('; ')}; and ${rest} more` : this.#named.join('; ');
    return {
      name: this.#name,
      ok: this.#count === 0,
      expected: 0,
      found: this.#count,
      detail: this.#count === 0 ? sound : detail,
    };
  }
}
