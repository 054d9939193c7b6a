import type { ReportMessage } from '@wayside/contracts/conductor-report';
import { deriveId } from '@wayside/contracts/ids';
import type { LawProfile } from '@wayside/contracts/law-profile';
import { railAccount } from '@wayside/contracts/tokens';
import type { ReportVerdict } from '@wayside/contracts/verdict';
import { judgeSeat } from './seat-refusal.ts';

/** The verdict of one report; an occupant who showed no ticket leaves the account out. */
export function reportVerdict(message: ReportMessage, profile: LawProfile, judge: string): ReportVerdict {
  const report = message.data;
  const finding = judgeSeat(report, profile);
  const { ticket } = report.occupant;
  return {
    kind: 'report',
    id: deriveId('report', message.device, message.bootid, message.sequence),
    outcome: finding.outcome,
    occurredAtMs: report.answeredAtMs ?? report.askedAtMs ?? Date.parse(message.time),
    profile: { id: profile.id, version: profile.version },
    judge,
    device: message.device,
    bootId: message.bootid,
    findings: [finding],
    seat: report.seat,
    ...(ticket === undefined ? {} : { account: railAccount(ticket) }),
  };
}
