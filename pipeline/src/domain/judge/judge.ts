/**
 * The judge: a reducer over one partition of the log, driven by event time alone. The same messages give the same
 * effects, in whatever pieces they are read; docs/decisions/0002 says why, `judge.property.test.ts` shows it.
 */
import type { DeviceMessage } from '@wayside/contracts/messages';
import type { ObservationMessage } from '@wayside/contracts/observation-batch';
import { siteModel } from '../encounter/site-model.ts';
import { reportVerdict } from '../rail/report-verdict.ts';
import type { JudgeContext, JudgeEffect, JudgeInput } from './effects.ts';
import { forgetNeeds, note, noNeeds, type Needs } from './needs.ts';
import { JUDGE_LIMITS, type JudgeLimits } from './limits.ts';
import { resumePoint } from './resume.ts';
import { closeSite, newSite, siteKey, takeMessage, type CompletedBy } from './site-judge.ts';
import { heard, noSilence, unlink, type Silence } from './silence.ts';
import { forgetSilentSignals, hearSignals, noSignals, type SignalBook } from './signals/signal-book.ts';
import { neededFrom, type Setting, type SiteState } from './site-state.ts';
import { JUDGE_VERSION } from './version.ts';

export { JUDGE_VERSION };

/** In memory only. One a log partition; it belongs to whoever made it and is consumed by each call of `judge`. */
export interface JudgeState {
  readonly limits: JudgeLimits;
  /** By device and site. */
  readonly sites: Map<string, SiteState>;
  readonly silence: Silence<SiteState>;
  readonly signals: SignalBook;
  /** Keys of `sites` by device. */
  readonly ofDevice: Map<string, Set<string>>;
  /** Where each of `sites` must be read from again. */
  readonly needs: Needs;
}

/** @param limits where a test draws them tighter. */
export const initialJudgeState = (limits: Partial<JudgeLimits> = {}): JudgeState => ({
  limits: { ...JUDGE_LIMITS, ...limits },
  sites: new Map(),
  silence: noSilence(),
  signals: noSignals(),
  ofDevice: new Map(),
  needs: noNeeds(),
});

/** Advances the state by one message. Offsets must increase. @returns what follows from it, in a fixed order. */
export function judge(state: JudgeState, input: JudgeInput, context: JudgeContext): readonly JudgeEffect[] {
  const { offset, message } = input;
  const completedBy = { offset, messageId: message.id, sentAtMs: message.sentat };
  const silent = closeSilent(state, completedBy);
  const effects = judgeMessage(state, message, completedBy, context);
  return silent.length === 0 ? effects : [...silent, ...effects];
}

/**
 * The offset to read again from after a crash, at most `nextOffset`: the first message of the oldest passage still
 * open, and of each device that may yet speak at least its last message, because what is late is told from that.
 */
export const resumeOffset = (state: JudgeState, nextOffset: number): number =>
  resumePoint(state.needs, nextOffset);

function judgeMessage(
  state: JudgeState,
  message: DeviceMessage,
  completedBy: CompletedBy,
  context: JudgeContext,
): readonly JudgeEffect[] {
  switch (message.type) {
    case 'org.wayside.observations.v1':
      return judgeObservations(state, message, completedBy, context);
    case 'org.wayside.report.v1':
      return [
        {
          kind: 'report',
          verdict: reportVerdict(message, context.profile(undefined), JUDGE_VERSION),
          report: message.data,
          messages: [message.id],
          completedBy,
        },
      ];
    case 'org.wayside.signals.v1':
      return hearSignals(state.signals, state.needs, state.limits, { message, offset: completedBy.offset })
        ? []
        : [{ kind: 'unusable', offset: completedBy.offset, reason: 'late' }];
    case 'org.wayside.status.v1':
      return judgeStatus(state, message, completedBy);
  }
}

function judgeObservations(
  state: JudgeState,
  message: ObservationMessage,
  completedBy: CompletedBy,
  context: JudgeContext,
): readonly JudgeEffect[] {
  const { offset } = completedBy;
  const known = state.sites.get(siteKey(message));
  if (known?.bootId === message.bootid && !isNewSetting(known, message))
    return touched(state, known, () => takeMessage(known, message, offset));
  const setting = settingOf(message, context);
  if (!setting) return [{ kind: 'unusable', offset, reason: 'unknown-site' }];
  const closed = known ? closeSite(known, completedBy) : [];
  const site = known?.bootId === message.bootid ? known : newSite(message, setting, state);
  if (known && site !== known) forget(state, known);
  site.setting = setting;
  const taken = touched(state, site, () => takeMessage(site, message, offset));
  return closed.length === 0 ? taken : [...closed, ...taken];
}

/** What comes late says nothing of the geometry that holds now. */
const isNewSetting = (
  { setting, lastSequence }: SiteState,
  { data, sequence }: ObservationMessage,
): boolean => data.site.version !== setting.version && sequence > lastSequence;

function settingOf(message: ObservationMessage, context: JudgeContext): Setting | undefined {
  const { site: ref } = message.data;
  const site = context.site(ref);
  if (!site) return undefined;
  return {
    version: ref.version,
    site,
    model: siteModel(site),
    profile: context.profile(site.jurisdiction),
  };
}

/** Keeps account of a site around the work on one of its messages. */
function touched<T>(state: JudgeState, site: SiteState, work: () => T): T {
  if (state.sites.get(site.key) !== site) remember(state, site);
  heard(state.silence, site);
  const result = work();
  note(state.needs, site, neededFrom(site));
  return result;
}

function remember(state: JudgeState, site: SiteState): void {
  state.sites.set(site.key, site);
  const keys = state.ofDevice.get(site.device);
  if (keys) keys.add(site.key);
  else state.ofDevice.set(site.device, new Set([site.key]));
}

function forget(state: JudgeState, site: SiteState): void {
  state.sites.delete(site.key);
  unlink(state.silence, site);
  forgetNeeds(state.needs, site);
  const keys = state.ofDevice.get(site.device);
  keys?.delete(site.key);
  if (keys?.size === 0) state.ofDevice.delete(site.device);
}

/**
 * `stopping` is the last word of a boot, and a new boot ends the one before: what is open is judged. `lost` says
 * nothing: the device's outbox may still hold the rest, and a verdict must not depend on the network.
 */
function judgeStatus(
  state: JudgeState,
  message: Extract<DeviceMessage, { type: 'org.wayside.status.v1' }>,
  completedBy: CompletedBy,
): readonly JudgeEffect[] {
  if (message.data.state === 'lost') return [];
  const keys = [...(state.ofDevice.get(message.device) ?? [])].sort();
  return keys.flatMap((key) => {
    const site = state.sites.get(key);
    if (!site || !endsBoot(message, site)) return [];
    return remove(state, site, completedBy);
  });
}

function endsBoot(
  { data, bootid, sequence }: Extract<DeviceMessage, { type: 'org.wayside.status.v1' }>,
  site: SiteState,
): boolean {
  if (data.state === 'online') return bootid !== site.bootId;
  return bootid === site.bootId && sequence > site.lastSequence;
}

function remove(state: JudgeState, site: SiteState, completedBy: CompletedBy): readonly JudgeEffect[] {
  forget(state, site);
  return closeSite(site, completedBy);
}

function closeSilent(state: JudgeState, completedBy: CompletedBy): readonly JudgeEffect[] {
  const silentSince = completedBy.offset - state.limits.silentMessages;
  forgetSilentSignals(state.signals, state.needs, silentSince);
  const effects: JudgeEffect[] = [];
  for (let site = state.silence.first; site && site.seenOffset <= silentSince; site = state.silence.first)
    effects.push(...remove(state, site, completedBy));
  return effects;
}
