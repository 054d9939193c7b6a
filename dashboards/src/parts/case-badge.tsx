import type { CaseState } from '@wayside/contracts/case';
import { caseStates } from '../words.ts';
import classes from './badges.module.css';
import { Icon, type IconName } from './icon.tsx';

type Look = 'pending' | 'held' | 'posted' | 'released' | '';

const LOOKS: Readonly<Record<CaseState, readonly [look: Look, icon: IconName]>> = {
  opened: ['', 'clock'],
  duplicate: ['', 'copy'],
  'in-review': ['held', 'clock'],
  'second-review': ['held', 'clock'],
  confirmed: ['held', 'check'],
  rejected: ['released', 'back'],
  'keeper-notified': ['held', 'letter'],
  identified: ['held', 'check'],
  noticed: ['held', 'letter'],
  accepted: ['held', 'check'],
  appealed: ['pending', 'speech'],
  upheld: ['released', 'back'],
  dismissed: ['held', 'speech'],
  'appealed-again': ['pending', 'speech'],
  'dismissed-again': ['held', 'speech'],
  final: ['held', 'lock'],
  posted: ['posted', 'check'],
  released: ['released', 'back'],
};

/** Where a case stands: a sign, a word and a colour. */
export function CaseBadge({ state, words }: { readonly state: CaseState; readonly words?: string }) {
  const [look, icon] = LOOKS[state];
  return (
    <span className={`${classes['badge']} ${look === 'pending' ? classes['open'] : (classes[look] ?? '')}`}>
      <Icon name={icon} size={13} />
      {words ?? caseStates[state]}
    </span>
  );
}
