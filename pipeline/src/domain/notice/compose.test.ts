import { LANGUAGES, NOTICE_KINDS } from '@wayside/contracts/notice';
import { describe, expect, it } from 'vitest';
import { composeLetter } from './compose.ts';
import { letterHtml } from './letter-html.ts';
import type { LetterFacts } from './letter-facts.ts';

const facts = (changes: Partial<LetterFacts> = {}): LetterFacts => ({
  kind: 'opening',
  language: 'en',
  writtenAtMs: Date.parse('2026-03-09T02:00:00Z'),
  timeZone: 'Asia/Shanghai',
  office: 'Traffic Office',
  fileNumber: 'WS-1111-2222-3333',
  law: { title: 'China', wording: '2026-07-01', reviewed: false },
  what: {
    rule: 'fail-to-yield',
    place: 'Jiefang Road',
    occurredAtMs: Date.parse('2026-03-02T02:00:00Z'),
    timeZone: 'Asia/Shanghai',
    measures: { petSeconds: 1.2, minSpeedMps: 9.2 },
    thresholds: null,
    simulated: true,
    seat: null,
  },
  points: 3,
  account: { counts: 'down', initial: 12, limit: 0, available: 9 },
  answerBy: { days: 10, dayKind: 'calendar', lastDayIfToday: '2026-03-19' },
  decision: null,
  because: null,
  threshold: null,
  note: null,
  ...changes,
});
const access = { url: 'https://wayside.example/portal', reference: 'AAAA-BBBB-CCCC', pin: 'DDDD-EEEE' };
const page = (given: LetterFacts) => letterHtml(composeLetter(given, [], access), (link) => `<!--${link}-->`);

describe('a letter', () => {
  it('says what was seen and where, in the time of the place', () => {
    expect(page(facts())).toContain(
      'On Monday 2 March 2026 at 10:00:00 (China Standard Time), at Jiefang Road, the vehicle registered to this account did not give way to a pedestrian on the crosswalk.',
    );
  });

  it('says until when one can object, and that a later delivery gives longer', () => {
    const html = page(facts());
    expect(html).toContain('You can object until the end of Thursday 19 March 2026');
    expect(html).toContain('10 calendar days from the day this letter reaches you');
  });

  it('carries the way into the portal: address, reference, PIN, and a code that holds no PIN', () => {
    const html = page(facts());
    expect(html).toContain('<dd>DDDD-EEEE</dd>');
    expect(html).toContain('<!--https://wayside.example/portal#AAAA-BBBB-CCCC-->');
  });

  it('owns up to being a demonstration, and to rules that no lawyer has reviewed', () => {
    const html = page(facts());
    expect(html).toContain('No real person or vehicle is meant');
    expect(html).toContain('No lawyer has yet reviewed');
  });

  it('says what a number of points brings, and who decides on it', () => {
    const threshold = { letter: 'licence-withheld', at: 12, standing: 12 };
    const html = page(facts({ kind: 'warning', what: null, answerBy: null, threshold }));
    expect(html).toContain('From 12 the law provides that a driving licence is withheld.');
    expect(html).toContain('The licensing office decides');
  });

  it('shows what somebody wrote as text, whatever it is', () => {
    const note = '<script>alert("x")</script> & more';
    const decision = { upheld: false, reason: 'facts-stand', note, further: null } as const;
    const html = page(facts({ kind: 'decision', answerBy: null, decision }));
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; more');
  });

  it.each(LANGUAGES.flatMap((language) => NOTICE_KINDS.map((kind) => [kind, language] as const)))(
    'of the kind %s has in %s a title, something to say, and no hole where a value should be',
    (kind, language) => {
      const letter = composeLetter(facts({ kind, language }), [], access);
      const words = JSON.stringify(letter);
      expect(letter.title).not.toBe('');
      expect(letter.blocks.length).toBeGreaterThan(3);
      expect(words).not.toMatch(/undefined|NaN|\[object/);
      expect(/[\u4e00-\u9fff]/.test(letter.title)).toBe(language === 'zh');
    },
  );
});
