/** The letter of a notice: written once, and then always the same, in either language. */
import type { Language } from '@wayside/contracts/notice';
import { composeLetter } from '../../domain/notice/compose.ts';
import { keyMoments, type MomentPicture } from '../../domain/notice/key-moments.ts';
import type { LetterFacts } from '../../domain/notice/letter-facts.ts';
import type { AccessWords, Letter } from '../../domain/notice/letter.ts';
import type { Queryable } from '../database.ts';
import { pinOf, referenceOf } from '../portal/pin.ts';
import { infractionDetail } from '../queries/infraction-detail.ts';
import type { NoticeHouse } from './house.ts';
import { letterFactsOf } from './letter-facts-of.ts';
import { keepLetter, type Notice } from './rows.ts';

/** Before it is first sent its facts are those of now. @returns undefined where its case is not there. */
export async function factsOf(
  tx: Queryable,
  house: NoticeHouse,
  notice: Notice,
): Promise<LetterFacts | undefined> {
  return notice.letter ?? letterFactsOf(tx, house, notice);
}

/** Keeps the facts, and opens the portal for whoever gets it. */
export async function fixLetter(
  tx: Queryable,
  house: NoticeHouse,
  notice: Notice,
): Promise<LetterFacts | undefined> {
  const facts = await factsOf(tx, house, notice);
  if (!facts) return undefined;
  await keepLetter(tx, notice.id, facts);
  await openPortal(tx, house, notice.caseId, notice.account);
  return facts;
}

/** @returns the reference under which the portal opens. Opening it again changes nothing. */
export async function openPortal(
  tx: Queryable,
  { portalKey, cases }: NoticeHouse,
  caseId: string | null,
  account: string,
): Promise<string> {
  const reference = referenceOf(portalKey, caseId, account);
  await tx.query(
    `INSERT INTO portal_access (reference, case_id, account, created_at) VALUES ($1, $2, $3, $4::timestamptz)
     ON CONFLICT DO NOTHING`,
    [reference, caseId, account, new Date(cases.clock()).toISOString()],
  );
  return reference;
}

/** @param sealed leaves the PIN out: for whoever is not the person it was sent to. */
export async function letterOf(
  tx: Queryable,
  house: NoticeHouse,
  notice: Notice,
  facts: LetterFacts,
  {
    language = facts.language,
    sealed,
  }: { readonly language?: Language | undefined; readonly sealed: boolean },
): Promise<Letter> {
  const pictures = await picturesOf(tx, notice);
  return composeLetter({ ...facts, language }, pictures, accessOf(house, notice, sealed));
}

const HIDDEN_PIN = '••••-••••';

function accessOf({ portalKey, portalUrl }: NoticeHouse, notice: Notice, sealed: boolean): AccessWords {
  const reference = referenceOf(portalKey, notice.caseId, notice.account);
  return { url: portalUrl(), reference, pin: sealed ? HIDDEN_PIN : pinOf(portalKey, reference) };
}

async function picturesOf(tx: Queryable, { caseId }: Notice): Promise<readonly MomentPicture[]> {
  if (caseId === null) return [];
  const [row] = await tx.query<{ readonly infractionId: string }>(
    'SELECT infraction_id AS "infractionId" FROM case_file WHERE id = $1',
    [caseId],
  );
  const found = row && (await infractionDetail(tx, row.infractionId));
  return found?.kind === 'found' ? keyMoments(found.detail.evidence.body) : [];
}
