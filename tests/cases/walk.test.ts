/** One case by hand through the API: from the hold over review, notice, objection and its dismissal to posted points. */
import { PortalCase, PortalSession } from '@wayside/contracts/http-portal';
import { CaseDetail, CasePage } from '@wayside/contracts/http-cases';
import type { Problem } from '@wayside/contracts/http';
import { caseIdOf, balanceOf } from '@wayside/pipeline/testing/case-house';
import { recordEncounter } from '@wayside/pipeline/testing/case-evidence';
import { plate } from '@wayside/pipeline/testing/case-walk';
import { pinOf, referenceOf } from '@wayside/pipeline/app/portal/pin';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOffice, type Answer } from './office.ts';

type Office = Awaited<ReturnType<typeof openOffice>>;

const DRIVER = plate('driver-');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A good answer that is what its schema promises. */
function good<S extends TSchema>({ status, body }: Answer, schema: S): Static<S> {
  expect(status, JSON.stringify(body)).toBe(200);
  expect([...Compile(schema).Errors(body)]).toEqual([]);
  return body as Static<S>;
}

describe('a driver in Chongqing who passes a pedestrian on Monday 2 March 2026, and objects', () => {
  let office: Office;
  let id: string;
  const at = (time: string) => office.cases.set(time);
  const event = (who: string, of: object) => office.ask(who, 'POST', `/api/cases/${id}/events`, of);
  const detail = async (who = 'li') => good(await office.ask(who, 'GET', `/api/cases/${id}`), CaseDetail);

  /** With what is printed in the letter. */
  async function enterPortal(): Promise<string> {
    const { portalKey } = office.notices;
    const reference = referenceOf(portalKey, id, DRIVER);
    const login = { reference: reference.toLowerCase(), pin: pinOf(portalKey, reference).replace('-', ' ') };
    const answer = await office.ask('a=b', 'POST', '/api/portal/session', login);
    good(answer, PortalSession);
    return answer.cookie;
  }
  const portalCase = async (cookie: string) =>
    good(await office.ask(cookie, 'GET', `/api/portal/cases/${id}`), PortalCase);

  beforeAll(async () => {
    office = await openOffice('2026-03-02T02:00:05Z');
    id = caseIdOf(await recordEncounter(office.database, DRIVER, '2026-03-02T02:00:00Z'));
    await office.pass('2026-03-02T02:01:00Z');
  });
  afterAll(() => office.close());

  it('begins with a case that nobody but an officer can see', async () => {
    const nobody = await office.ask('nobody', 'GET', '/api/cases');
    expect(nobody).toMatchObject({ status: 401, body: { type: 'urn:wayside:problem:no-officer' } });
    const { items } = good(await office.ask('li', 'GET', '/api/cases?waiting=review'), CasePage);
    expect(items).toMatchObject([
      { id, state: 'opened', points: 3, lapses: { reason: 'review-lapsed', at: '2026-03-09T16:00:00.000Z' } },
    ]);
  });

  it('is taken by one officer, and then by no other', async () => {
    at('2026-03-03T02:00:00Z');
    good(await event('li', { event: 'assign', reason: 'taken' }), CaseDetail);
    const clerk = await event('maja', { event: 'confirm', reason: 'seen-in-evidence' });
    expect(clerk).toMatchObject({ status: 403, body: { detail: '"confirm" is for: reviewer.' } });
    const { options } = await detail();
    expect(options.find((option) => option.event === 'confirm')).toEqual({
      event: 'confirm',
      reasons: ['seen-in-evidence'],
      needs: [],
      refused: null,
    });
  });

  it('cannot be posted, nor decided otherwise than the table says; the refusal says what can be done', async () => {
    const refused = await event('li', { event: 'dismiss', reason: 'facts-stand', note: 'x' });
    expect(refused.status).toBe(409);
    const { refusal, detail: words } = refused.body as Problem;
    expect(refusal).toMatchObject({ code: 'not-in-this-state', state: 'in-review' });
    expect(refusal?.allowed).toContain('confirm');
    expect(words).toContain('In this state it takes: assign, hand-back');
  });

  it('is confirmed; the keeper is asked who drove, in Chinese, with pictures and a PIN', async () => {
    at('2026-03-03T02:05:00Z');
    const confirmed = await event('li', { event: 'confirm', reason: 'seen-in-evidence', version: 2 });
    expect(good(confirmed, CaseDetail).case.state).toBe('confirmed');
    expect(await office.pass('2026-03-03T02:06:00Z')).toMatchObject({ delivered: 1 });
    expect((await detail()).case).toMatchObject({ state: 'keeper-notified' });
    const [letter] = office.channel.sent;
    expect(letter).toMatchObject({ kind: 'identification-request', language: 'zh', account: DRIVER });
    const html = letter?.html ?? '';
    expect(html).toContain('请说明当时的驾驶人');
    expect(html.match(/<svg/g)).toHaveLength(3);
    expect(html).toContain(
      pinOf(office.notices.portalKey, referenceOf(office.notices.portalKey, id, DRIVER)),
    );
  });

  it('lets the keeper say in the portal that it was he, and not before he has shown his PIN', async () => {
    at('2026-03-04T02:00:00Z');
    expect((await office.ask('a=b', 'GET', `/api/portal/cases/${id}`)).status).toBe(401);
    const cookie = await enterPortal();
    const seen = await portalCase(cookie);
    expect(seen).toMatchObject({
      role: 'keeper',
      state: 'keeper-notified',
      fileNumber: expect.stringMatching(/^WS-/) as string,
    });
    expect(seen.options.map((option) => option.event)).toEqual(['name-driver']);
    const named = { event: 'name-driver', reason: 'keeper-was-driver', driver: DRIVER };
    const answer = await office.ask(cookie, 'POST', `/api/portal/cases/${id}/events`, named);
    expect(good(answer, PortalCase)).toMatchObject({ role: 'driver', state: 'identified' });
  });

  it('starts no clock by a letter that could not be delivered, and does when it could', async () => {
    office.channel.outcomes.push({ kind: 'not-now', detail: 'the post office is shut' });
    expect(await office.pass('2026-03-09T02:00:00Z')).toMatchObject({ delivered: 0, failed: 1 });
    expect((await detail()).case).toMatchObject({ state: 'identified' });
    expect(await office.pass('2026-03-09T02:02:00Z')).toMatchObject({ delivered: 1 });
    const { case: view, notices } = await detail();
    expect(view).toMatchObject({
      state: 'noticed',
      lapses: { at: '2026-03-19T16:00:00.000Z', reason: 'appeal-window-lapsed' },
    });
    expect(notices.at(-1)).toMatchObject({ kind: 'opening', state: 'delivered', attempts: 2 });
    expect(office.channel.sent.at(-1)?.html).toContain('异议期限至 2026年3月19日');
  });

  it('takes the objection, with a comment beside a picture and a photograph of one’s own', async () => {
    at('2026-03-12T02:00:00Z');
    const cookie = await enterPortal();
    const to = (path: string) => `/api/portal/cases/${id}/${path}`;
    const remark = { about: 'picture:entry', text: 'She was still on the pavement.' };
    expect((await office.ask(cookie, 'POST', to('comments'), remark)).status).toBe(200);
    expect(await office.ask(cookie, 'POST', to('uploads?name=dashcam.png'), PNG)).toMatchObject({
      status: 200,
      body: { name: 'dashcam.png', mediaType: 'image/png', bytes: PNG.length, by: 'driver' },
    });
    const script = Buffer.from('<script>alert(1)</script>');
    expect((await office.ask(cookie, 'POST', to('uploads?name=evil.png'), script)).status).toBe(415);
    const appeal = { event: 'appeal', reason: 'disputes-facts', note: 'I could not have stopped any more.' };
    const { state, lapses } = good(await office.ask(cookie, 'POST', to('events'), appeal), PortalCase);
    expect({ state, lapses }).toEqual({
      state: 'appealed',
      lapses: { reason: 'decision-lapsed', lastMoment: '2026-03-19T16:00:00.000Z' },
    });
    expect(await balanceOf(office.database, DRIVER)).not.toMatchObject({ posted: 3 });
  });

  it('is answered on the same file, and dismissed by another than who reviewed it', async () => {
    await office.pass('2026-03-13T02:00:00Z');
    expect((await detail('wu')).uploads).toMatchObject([{ name: 'dashcam.png', by: 'driver' }]);
    const own = await event('li', { event: 'assign', reason: 'taken' });
    expect((own.body as Problem).refusal?.code).toBe('reviewer-decides-own');
    const answer = { about: 'picture:entry', text: 'At entry she is 5.9 m from the kerb.' };
    expect((await office.ask('wu', 'POST', `/api/cases/${id}/comments`, answer)).status).toBe(200);
    good(await event('wu', { event: 'assign', reason: 'taken' }), CaseDetail);
    const silent = await event('wu', { event: 'dismiss', reason: 'facts-stand' });
    expect((silent.body as Problem).refusal?.code).toBe('reasons-missing');
    const dismissed = await event('wu', {
      event: 'dismiss',
      reason: 'facts-stand',
      note: 'Braking at 2.1 m/s² would have been enough.',
    });
    expect(good(dismissed, CaseDetail).case.state).toBe('posted');
    expect(await balanceOf(office.database, DRIVER)).toEqual({ held: 0, posted: 3 });
  });

  it('ends with the decision and its reasons, and the posting, as letters that stay in the portal', async () => {
    expect(await office.pass('2026-03-13T02:10:00Z')).toMatchObject({ delivered: 2 });
    const [decision, posting] = office.channel.sent.slice(-2);
    expect([decision?.kind, posting?.kind].sort()).toEqual(['decision', 'posting']);
    const cookie = await enterPortal();
    const { letters, comments, steps } = await portalCase(cookie);
    expect(letters.map(({ kind, state }) => [kind, state])).toEqual([
      ['identification-request', 'delivered'],
      ['opening', 'delivered'],
      ['appeal-received', 'delivered'],
      ['decision', 'delivered'],
      ['posting', 'delivered'],
    ]);
    expect(comments.map(({ by }) => by)).toEqual(['driver', 'officer']);
    expect(JSON.stringify(steps)).not.toMatch(/"(li|wu|maja)"/);
    const letter = letters.find(({ kind }) => kind === 'decision');
    const english = await office.ask(cookie, 'GET', `/api/portal/letters/${letter?.id ?? ''}?language=en`);
    expect(english.body).toContain('Braking at 2.1 m/s² would have been enough.');
    expect(english.body).toContain('••••');
    const late = await office.ask(cookie, 'POST', `/api/portal/cases/${id}/events`, {
      event: 'appeal',
      reason: 'hardship',
    });
    expect(late).toMatchObject({ status: 409, body: { refusal: { state: 'posted', allowed: [] } } });
  });

  it('opens for nobody who guesses: five wrong PINs lock the reference for a while, also for the right one', async () => {
    const { portalKey } = office.notices;
    const reference = referenceOf(portalKey, id, DRIVER);
    const knock = (pin: string) => office.ask('a=b', 'POST', '/api/portal/session', { reference, pin });
    for (let i = 0; i < 5; i++) expect((await knock('0000-0000')).status).toBe(401);
    expect((await knock(pinOf(portalKey, reference))).status).toBe(429);
    office.cases.set('2026-03-13T02:40:00Z');
    expect((await knock(pinOf(portalKey, reference))).status).toBe(200);
  });
});
