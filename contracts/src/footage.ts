/**
 * Footage: what simulated cameras said together with what really happened, as lines of JSON. It is how evaluation and
 * training hear the truth; none of it is ever published to a house.
 */
import { Type, type Static } from 'typebox';
import { YIELD_GEOMETRIES } from './law-profile.ts';
import { ObservationMessage } from './observation-batch.ts';
import { Site } from './site.ts';
import { PlateToken } from './tokens.ts';
import { EpochMs, Sha256, Slug } from './units.ts';

/** What the law says of a passage that is known in full. */
export const TrueOutcome = Type.Union([Type.Literal('infraction'), Type.Literal('clear')]);
export type TrueOutcome = Static<typeof TrueOutcome>;

/** Opens a street; the lines up to the next scene are of it. */
export const FootageScene = Type.Object({
  kind: Type.Literal('scene'),
  site: Site,
  version: Sha256,
  seed: Type.Integer(),
  severity: Slug,
  layout: Type.String(),
  light: Type.Optional(Slug),
});
export type FootageScene = Static<typeof FootageScene>;

/** From this moment the camera's track shows this object; null: nothing that is there. */
export const FootageTrack = Type.Object({
  kind: Type.Literal('track'),
  track: Type.String(),
  class: Type.Union([Type.Literal('vehicle'), Type.Literal('pedestrian')]),
  object: Type.Union([Type.String(), Type.Null()]),
  fromMs: EpochMs,
});
export type FootageTrack = Static<typeof FootageTrack>;

const Moment = Type.Union([EpochMs, Type.Null()]);
const Answer = Type.Object({ outcome: TrueOutcome });

/** One vehicle's passage and the legal answer to it under each geometry. */
export const FootageEncounter = Type.Object({
  kind: Type.Literal('encounter'),
  vehicle: Type.String(),
  plate: Type.Union([PlateToken, Type.Null()]),
  disposition: Type.String(),
  lineAtMs: Moment,
  entryAtMs: Moment,
  exitAtMs: Moment,
  failToYield: Type.Record(Type.Enum(YIELD_GEOMETRIES), TrueOutcome),
  stopOnCrosswalk: Answer,
  overtakeAtCrosswalk: Answer,
});
export type FootageEncounter = Static<typeof FootageEncounter>;

export const FootageMessage = Type.Object({ kind: Type.Literal('message'), message: ObservationMessage });
export type FootageMessage = Static<typeof FootageMessage>;

export const FootageLine = Type.Union([FootageScene, FootageTrack, FootageEncounter, FootageMessage]);
export type FootageLine = Static<typeof FootageLine>;
