/**
 * The paths of an encounter as they are kept: JSON, deflated. A busy street has more of them than of anything else, and
 * a database takes a fifth of the bytes in a fifth of the time.
 */
import { promisify } from 'node:util';
import { deflateRawSync, inflateRaw, constants } from 'node:zlib';
import type { TrackSegment } from '@wayside/contracts/verdict';

const inflate = promisify(inflateRaw);

/** At once: sending so little to another thread and back costs three times what it takes. */
export const packTracks = (tracks: readonly TrackSegment[]): Buffer =>
  deflateRawSync(JSON.stringify(tracks), { level: constants.Z_BEST_SPEED });

/** @throws where the bytes are not what packTracks made */
export const unpackTracks = async (packed: Uint8Array): Promise<readonly TrackSegment[]> =>
  JSON.parse((await inflate(packed)).toString()) as TrackSegment[];
