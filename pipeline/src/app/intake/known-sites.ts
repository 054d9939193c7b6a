import { contentHash } from '@wayside/contracts/canonical';
import type { Site, SiteRef } from '@wayside/contracts/site';

type Lookup = (site: SiteRef) => Promise<readonly string[] | undefined>;

/**
 * Which devices may speak for which version of a site. A version never changes, so what was learnt stays true; only
 * a version that a birth is just bringing may still fail to be stored, and is forgotten then.
 */
export class KnownSites {
  readonly #devices = new Map<string, readonly string[]>();
  readonly #lookup: Lookup;
  readonly #limit: number;

  constructor(lookup: Lookup, limit: number) {
    this.#lookup = lookup;
    this.#limit = limit;
  }

  /** @returns undefined where no birth ever carried this version. */
  async devicesOf(site: SiteRef): Promise<readonly string[] | undefined> {
    const known = this.#devices.get(keyOf(site));
    if (known) return known;
    const devices = await this.#lookup(site);
    if (devices) this.#remember(keyOf(site), devices);
    return devices;
  }

  /** A birth that is on its way to the store. @returns the function that forgets it should it not arrive. */
  learn(site: Site): () => void {
    const key = keyOf({ id: site.id, version: contentHash(site) });
    const isNew = !this.#devices.has(key);
    this.#remember(key, site.devices);
    return () => {
      if (isNew) this.#devices.delete(key);
    };
  }

  #remember(key: string, devices: readonly string[]): void {
    this.#devices.delete(key);
    this.#devices.set(key, devices);
    for (const oldest of this.#devices.keys()) {
      if (this.#devices.size <= this.#limit) return;
      this.#devices.delete(oldest);
    }
  }
}

const keyOf = ({ id, version }: SiteRef): string => `${id}@${version}`;
