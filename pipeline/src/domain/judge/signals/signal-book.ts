/** The signals of all sites of a partition, by site, whichever camera asks. A partition without controllers pays nothing. */
import type { SignalMessage } from '@wayside/contracts/signal-phases';
import { forgetNeeds, note, type Needs } from '../needs.ts';
import { heard, noSilence, unlink, type Silence } from '../silence.ts';
import type { JudgeLimits } from '../limits.ts';
import {
  historyKey,
  historyNeededFrom,
  newHistory,
  takePhases,
  type SignalHistory,
} from './signal-history.ts';

export interface SignalBook {
  /** By device and site. */
  readonly histories: Map<string, SignalHistory>;
  /** By site. */
  readonly ofSite: Map<string, SignalHistory[]>;
  readonly silence: Silence<SignalHistory>;
}

export const noSignals = (): SignalBook => ({
  histories: new Map(),
  ofSite: new Map(),
  silence: noSilence(),
});

/** @returns whether the message was of use; see `takePhases`. */
export function hearSignals(
  book: SignalBook,
  needs: Needs,
  limits: JudgeLimits,
  of: { readonly message: SignalMessage; readonly offset: number },
): boolean {
  const { message, offset } = of;
  const known = book.histories.get(historyKey(message));
  const history = known ?? newHistory(message, limits);
  if (!known) remember(book, history);
  heard(book.silence, history);
  const taken = takePhases(history, message, offset);
  note(needs, history, historyNeededFrom(history));
  return taken;
}

/** A controller that died must not hold the resume offset. */
export function forgetSilentSignals(book: SignalBook, needs: Needs, silentSince: number): void {
  for (let one = book.silence.first; one && one.seenOffset <= silentSince; one = book.silence.first) {
    unlink(book.silence, one);
    forgetNeeds(needs, one);
    book.histories.delete(one.key);
    const left = (book.ofSite.get(one.siteId) ?? []).filter((other) => other !== one);
    if (left.length > 0) book.ofSite.set(one.siteId, left);
    else book.ofSite.delete(one.siteId);
  }
}

function remember(book: SignalBook, history: SignalHistory): void {
  book.histories.set(history.key, history);
  const others = book.ofSite.get(history.siteId) ?? [];
  // In order of device, so that what is read does not depend on who spoke first.
  book.ofSite.set(
    history.siteId,
    [...others, history].sort((a, b) => (a.device < b.device ? -1 : 1)),
  );
}
