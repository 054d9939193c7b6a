/** Where the terms for red lights and speed contradict themselves, or the account they take points from. */
import { LawProfile } from '@wayside/contracts/law-profile';
import { RedLightTerms, SpeedingTerms } from '@wayside/contracts/law-signals';
import { Compile } from 'typebox/compile';

const isAccount = Compile(LawProfile.properties.road.properties.account);
const isRedLight = Compile(RedLightTerms);
const isSpeeding = Compile(SpeedingTerms);

interface Band {
  readonly from: number;
  readonly points: number;
  readonly sources: readonly string[];
}

interface Banded {
  readonly place: string;
  readonly bands: readonly Band[];
}

/** A share of the limit is never so large: a speed must have been meant. */
const LARGEST_SHARE = 3;

/** @param own ids of the sources that are this project's own word. */
export function bandFaults(
  road: Readonly<Record<string, unknown>>,
  own: ReadonlySet<string>,
): readonly string[] {
  const { account, redLight, speeding } = road;
  const most = isAccount.Check(account) ? Math.abs(account.limit - account.initial) : Infinity;
  const banded: Banded[] = [];
  if (isRedLight.Check(redLight))
    banded.push({
      place: '/redLight/bands',
      bands: redLight.bands.map(({ fromSeconds, ...band }) => ({ ...band, from: fromSeconds })),
    });
  if (isSpeeding.Check(speeding)) banded.push({ place: '/speeding/bands', bands: speeding.bands });
  return [
    ...banded.flatMap((one) => faultsOf(one, most, own)),
    ...(isSpeeding.Check(speeding) && speeding.bandsIn === 'share'
      ? speeding.bands.flatMap(({ from }, i) =>
          from > LARGEST_SHARE
            ? [`/speeding/bands/${i}/from is ${from}, but bandsIn says that it is a share`]
            : [],
        )
      : []),
  ];
}

function faultsOf({ place, bands }: Banded, most: number, own: ReadonlySet<string>): readonly string[] {
  return bands.flatMap(({ from, points, sources }, i) => {
    const before = bands[i - 1];
    const faults: string[] = [];
    if (!before && from !== 0) faults.push('must begin at 0: what is less would have no points named');
    if (before && from <= before.from) faults.push('must begin above the one before it');
    if (before && points < before.points) faults.push('takes fewer points than the lesser one before it');
    if (points > most) faults.push(`takes ${points} points, more than the ${most} an account has`);
    if (points > 0 && sources.every((id) => own.has(id)))
      faults.push('takes points on this project’s word alone');
    return faults.map((fault) => `${place}/${i} ${fault}`);
  });
}
