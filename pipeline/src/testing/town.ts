/** A town under one law, for tests that tell its law as cases: a real camera's frames, the real judge, the real clocks. */
import type { LawProfile, RuleId } from '@wayside/contracts/law-profile';
import type { Site } from '@wayside/contracts/site';
import type { EncounterVerdict, Finding } from '@wayside/contracts/verdict';
import { dayAt } from '../domain/calendar/local-day.ts';
import { runningPeriods, type RunningPeriod } from '../domain/case/clock.ts';
import { judgeScene, sceneSite, type Actor, type SceneSettings } from '../domain/judge/testing/scenes.ts';
import { accountTerms, availablePoints, type HeldAndPosted } from '../domain/ledger/account-terms.ts';
import { chargeOf } from '../domain/ledger/charge.ts';
import { loadProfiles } from '../domain/law/profiles.ts';
import { anOrigin, driver, keeper, lawOf, officer, plate, system, Walk } from './case-walk.ts';
import { processOf, textsIn } from './law.ts';
import { schemeOf } from './points.ts';

const loaded = loadProfiles(textsIn('profiles'));
if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
const { profiles } = loaded;

/** What a camera saw of one car, and what the law of the town makes of it. */
interface Seen {
  readonly verdict: EncounterVerdict | undefined;
  /** What was found by a rule; undefined where the rule was in no question. */
  readonly found: (rule: RuleId) => Finding | undefined;
}

interface Licence {
  /** ISO date. */
  readonly firstIssuedOn?: string;
  readonly alreadyCharged?: number;
}

interface Town {
  readonly profile: LawProfile;
  /** @param when ISO 8601: the moment the camera begins to look. */
  readonly watches: (
    when: string,
    actors: readonly Actor[],
    site?: Partial<Site>,
    signal?: SceneSettings['signal'],
  ) => Seen;
  /** Points that one finding costs a driver, a novice's factor and the limit of one occasion applied. */
  readonly charges: (seen: Seen, rule: RuleId, licence?: Licence) => number;
  /** What an account shows that has so many points held and posted. */
  readonly shows: (sum: HeldAndPosted) => number;
  /** The case of one finding, opened as it occurred. */
  readonly opens: (seen: Seen, rule: RuleId) => Walk;
}

export function town(id: string, timeZone = processOf(id).timeZone.id): Town {
  const profile = profiles.find((one) => one.id === id);
  if (!profile) throw new Error(`no profile "${id}"`);
  const charges: Town['charges'] = (seen, rule, { firstIssuedOn = null, alreadyCharged = 0 } = {}) => {
    const occurredOn = dayAt(verdictOf(seen).occurredAtMs, timeZone);
    const base = seen.found(rule)?.points ?? 0;
    return chargeOf(schemeOf(id).road, { base, firstIssuedOn, occurredOn, alreadyCharged }).charged;
  };
  return {
    profile,
    charges,
    watches: (when, actors, over = {}, signal) => {
      const site = sceneSite({ timeZone, ...over });
      const verdicts = judgeScene(actors, {
        profile,
        site,
        startMs: Date.parse(when),
        clock: { state: 'synchronised', maxErrorMs: 20 },
        ...(signal && { signal }),
      });
      const verdict = verdicts.find(({ vehicle }) => vehicle.track === 'car');
      return { verdict, found: (rule) => verdict?.findings.find((finding) => finding.rule === rule) };
    },
    shows: (sum) => availablePoints(accountTerms(profile, 'road:plate'), sum),
    opens: (seen, rule) => {
      const { occurredAtMs } = verdictOf(seen);
      const points = charges(seen, rule);
      return new Walk(anOrigin({ rule, timeZone, occurredAtMs, points }), lawOf(id));
    },
  };
}

function verdictOf({ verdict }: Seen): EncounterVerdict {
  if (!verdict) throw new Error('nothing was seen to judge');
  return verdict;
}

export const DRIVER = plate('driver');

/** An officer looks and finds the same as the camera. */
export const confirmed = (walk: Walk, at: string): Walk =>
  walk.do('assign', officer('li'), at, 'taken').do('confirm', officer('li'), at, 'seen-in-evidence');

/** The keeper is told, names the driver, and the driver is told. */
export const noticed = (walk: Walk, at: { keeperTold: string; named: string; driverTold: string }): Walk =>
  walk
    .do('notify-keeper', system, at.keeperTold, 'letter-delivered')
    .do('name-driver', keeper(plate('keeper')), at.named, 'keeper-names-driver', { driver: DRIVER })
    .do('notify-driver', system, at.driverTold, 'letter-delivered');

export const objects = (walk: Walk, at: string): Walk =>
  walk.do('appeal', driver(DRIVER), at, 'disputes-facts');

/** The period that ends first. */
export const clockOf = (walk: Walk): Pick<RunningPeriod, 'name' | 'lastDay'> | undefined => {
  const [first] = runningPeriods(walk.file, walk.around);
  return first && { name: first.name, lastDay: first.lastDay };
};
