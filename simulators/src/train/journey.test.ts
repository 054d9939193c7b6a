import { tokensOf } from '@wayside/edge/tokens';
import { buildReport, parseReportInput } from '@wayside/edge/handheld/report-input';
import { describe, expect, it } from 'vitest';
import { planJourney, type Journey } from './journey.ts';

const START_MS = Date.parse('2026-05-01T08:00:00Z');
const tokens = tokensOf(Buffer.alloc(32, 7));
const journeys: readonly Journey[] = Array.from({ length: 30 }, (_, n) => planJourney(5, n, 30));
const calls = journeys.flatMap((journey) => journey.calls);

const written = ({ service, calls: made }: Journey): string =>
  JSON.stringify([service, made.map((call) => [call.report(START_MS), call.truth])]);

describe('a simulated journey', () => {
  it('is the same for the same seed, and another for the next', () => {
    expect(written(planJourney(5, 3, 30))).toBe(written(planJourney(5, 3, 30)));
    expect(written(planJourney(5, 3, 30))).not.toBe(written(planJourney(5, 4, 30)));
  });

  it('makes reports that the handheld takes', () => {
    expect(calls.length).toBeGreaterThan(200);
    for (const call of calls) {
      const input = JSON.parse(JSON.stringify(call.report(START_MS))) as unknown;
      const parsed = parseReportInput(input);
      if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '));
      expect(buildReport(parsed.input, tokens).kind).toBe('report');
    }
  });

  it('has infractions only by who refused a seat that was not sold to them', () => {
    const outcomes = new Map<string, number>();
    for (const { truth } of calls) {
      outcomes.set(truth.reason, (outcomes.get(truth.reason) ?? 0) + 1);
      if (truth.outcome === 'infraction') expect([truth.answer, truth.occupantMind]).not.toContain('moved');
      if (truth.reason === 'double-sale')
        expect(truth).toMatchObject({ soldTwice: true, answer: 'refused', outcome: 'clear' });
    }
    expect([...outcomes.keys()].sort()).toEqual([
      'double-sale',
      'moved-when-asked',
      'not-asked',
      'refused-anothers-seat',
    ]);
  });

  it('calls one conductor to one dispute at a time, while the train is under way', () => {
    for (const { calls: made } of journeys)
      for (const [n, call] of made.entries()) {
        expect(call.startsAt).toBeGreaterThanOrEqual(made[n - 1]?.filedAt ?? 0);
        expect(call.filedAt).toBeGreaterThan(call.startsAt);
      }
  });

  it('runs one way and then the other, through tunnels between its stops', () => {
    for (const [n, { service }] of journeys.entries()) {
      expect(Number(service.train.slice(1)) % 2).toBe(n % 2 === 0 ? 1 : 0);
      for (const { fromSeconds, toSeconds } of service.tunnels) {
        expect(toSeconds).toBeGreaterThan(fromSeconds);
        expect(service.stops.some((s) => s.arrivesAt < toSeconds && s.departsAt > fromSeconds)).toBe(false);
      }
    }
    expect(journeys.some(({ service }) => service.tunnels.length > 0)).toBe(true);
  });
});
