/** One case as an officer sees it: what it stands on, what happened, what may happen next. */
import type { CaseTransition, CaseView } from '@wayside/contracts/case';
import type { CaseOption } from '@wayside/contracts/http-cases';
import type { Officer } from '@wayside/contracts/officers';
import type { CaseFile, Transition } from '../../domain/case/case-file.ts';
import { officerOptions } from '../../domain/case/options.ts';
import type { Queryable } from '../database.ts';
import { surroundingsOf } from './around.ts';
import { blindTo, caseView, readCase } from './case-views.ts';
import type { CaseHouse } from './house.ts';

export interface OfficerView {
  readonly file: CaseFile;
  readonly view: CaseView;
  readonly transitions: CaseTransition[];
  readonly options: CaseOption[];
}

/** @returns undefined where there is no such case. */
export async function caseForOfficer(
  tx: Queryable,
  house: CaseHouse,
  id: string,
  officer: Officer,
): Promise<OfficerView | undefined> {
  const record = await readCase(tx, id);
  if (!record) return undefined;
  const { file } = record;
  const around = await surroundingsOf(tx, house, file);
  return {
    file,
    view: await caseView(tx, house, file),
    transitions: blindTo(record).transitions.map((step) => transitionView(file, step)),
    options: officerOptions(file, officer, around, house.clock()).map((option) => ({
      ...option,
      reasons: [...option.reasons],
      needs: [...option.needs],
    })),
  };
}

export const transitionView = (
  { profile, process }: Pick<CaseFile, 'profile' | 'process'>,
  { position, event, from, to, actor, atMs, reason, note }: Transition,
): CaseTransition => ({
  position,
  event,
  from,
  to,
  actor,
  at: new Date(atMs).toISOString(),
  reason,
  note,
  rules: { profile, process },
});
