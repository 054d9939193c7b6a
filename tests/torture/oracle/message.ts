import { envelopeFields, MESSAGE_TYPES } from '@wayside/contracts/envelope';
import type { DeviceMessage } from '@wayside/contracts/messages';
import type { Player } from './cast.ts';
import { reportOf, reportTimeMs } from './report.ts';
import { observationsOf, siteOf } from './scene.ts';
import { bootIdOf, stepOf } from './script.ts';

/** The whole message of a sequence, as the edge's uplink would write it. */
export function messageOf(player: Player, sequence: number, sentAtMs: number): DeviceMessage {
  const step = stepOf(player, sequence);
  const envelope = { device: player.device, bootId: bootIdOf(step.boot), sequence, sentAtMs };
  switch (step.kind) {
    case 'report': {
      const type = MESSAGE_TYPES.report;
      const timeMs = reportTimeMs(player, step.report);
      return { ...envelopeFields({ ...envelope, type, timeMs }), type, data: reportOf(player, step.report) };
    }
    case 'observations': {
      const type = MESSAGE_TYPES.observations;
      const data = observationsOf(player, step.scene, step.second);
      return { ...envelopeFields({ ...envelope, type, timeMs: data.frames.startMs }), type, data };
    }
    case 'online':
    case 'stopping': {
      const type = MESSAGE_TYPES.status;
      const site = player.kind === 'camera' && step.kind === 'online' ? { site: siteOf(player) } : {};
      const data = { state: step.kind, kind: player.kind, software: 'torture 1', ...site };
      return { ...envelopeFields({ ...envelope, type, timeMs: sentAtMs }), type, data };
    }
  }
}
