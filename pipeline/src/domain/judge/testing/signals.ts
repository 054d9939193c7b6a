/** Makes a signal controller's messages, for tests: a piece a second, however its phases fall. */
import { contentHash } from '@wayside/contracts/canonical';
import { envelopeFields, MESSAGE_TYPES } from '@wayside/contracts/envelope';
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import type { SignalMessage, SignalState } from '@wayside/contracts/signal-phases';
import type { Site } from '@wayside/contracts/site';

/** From which second on the group showed what; before the first it shows what that one says. */
export type Programme = readonly (readonly [second: number, state: SignalState])[];

export interface Controller {
  readonly site: Site;
  readonly startMs: number;
  readonly seconds: number;
  readonly shows: Programme;
  readonly group?: string;
  readonly device?: string;
  readonly clock?: ClockStatus;
  /** How long each piece is. */
  readonly pieceSeconds?: number;
  /** Pieces that were lost, by the second they begin at. */
  readonly lost?: (second: number) => boolean;
}

/** Begins so long before the scene, as a controller that runs day and night does. */
const LEAD_SECONDS = 15;

export function signalMessages(controller: Controller): SignalMessage[] {
  const { site, startMs, seconds, pieceSeconds = 1, lost = () => false } = controller;
  const messages: SignalMessage[] = [];
  const version = contentHash(site);
  for (let from = -LEAD_SECONDS; from < seconds + LEAD_SECONDS; from += pieceSeconds) {
    const sequence = messages.length + 1;
    const of = {
      from,
      to: from + pieceSeconds,
      sequence,
      version,
      fromMs: Math.round(startMs + from * 1000),
    };
    messages.push(piece(controller, of));
  }
  return messages.filter(({ data }) => !lost((data.span.startMs - startMs) / 1000));
}

function piece(
  {
    site,
    shows,
    group = 'up',
    device = 'controller',
    clock = { state: 'synchronised', maxErrorMs: 20 },
  }: Controller,
  of: {
    readonly from: number;
    readonly to: number;
    readonly sequence: number;
    readonly version: string;
    readonly fromMs: number;
  },
): SignalMessage {
  const { from, to, sequence, version, fromMs } = of;
  const inForce = shows.findLast(([second]) => second <= from) ?? shows[0];
  const changes = shows.filter(([second]) => second > from && second < to);
  const states = [...(inForce ? [[from, inForce[1]] as const] : []), ...changes];
  const dtMs = Math.round((to - from) * 1000);
  return {
    ...envelopeFields({
      type: MESSAGE_TYPES.signals,
      device,
      bootId: 'boot-1',
      sequence,
      timeMs: fromMs,
      sentAtMs: fromMs + dtMs,
    }),
    type: MESSAGE_TYPES.signals,
    data: {
      site: { id: site.id, version },
      clock,
      span: { startMs: fromMs, dtMs },
      groups: [
        {
          group,
          dtMs: states.map(([second]) => Math.round((second - from) * 1000)),
          state: states.map(([, state]) => state),
        },
      ],
    },
  };
}
