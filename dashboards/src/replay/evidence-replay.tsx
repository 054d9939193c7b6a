/** What was seen, as the office looks at it: a report from a train, or the paths on a crosswalk. */
import type { InfractionDetail } from '@wayside/contracts/http';
import type { LawProfile } from '@wayside/contracts/law-profile';
import { SeatCard } from '../parts/seat-card.tsx';
import { ReplayCard } from './replay-card.tsx';

export function EvidenceReplay({
  found: { evidence, siteName, timeZone },
  law,
}: {
  readonly found: InfractionDetail;
  readonly law: LawProfile | undefined;
}) {
  const { body } = evidence;
  if (body.report) return <SeatCard report={body.report} zone={timeZone} />;
  return (
    <ReplayCard
      body={body}
      siteName={siteName}
      zone={timeZone}
      yieldedMps={law?.road.thresholds.yieldedMps}
    />
  );
}
