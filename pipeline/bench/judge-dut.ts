/** `npx tsx pipeline/bench/judge-dut.ts [profile]` prints what became of every vehicle of the DUT clips. */
import { dutIsThere, judgeDut, shippedProfile, type DutVehicle } from './judge-dut-clips.ts';

const out = (line: string): void => void process.stdout.write(`${line}\n`);

function print({ clip, track, pairs, effect }: DutVehicle): void {
  const labels = [...new Set(pairs.map(({ label }) => label))].sort();
  const counted = labels.map((label) => `${label} ${pairs.filter((pair) => pair.label === label).length}`);
  const said = counted.join(', ') || 'no pair';
  const outcome = effect?.verdict.outcome ?? 'no encounter';
  out(`\n${clip} vehicle ${track}: ${outcome}  [${said}]`);
  for (const finding of effect?.verdict.findings ?? []) {
    out(
      `  ${finding.rule}: ${finding.outcome} (${finding.reason}); pedestrians ${finding.pedestrianTracks.join(' ')}`,
    );
    out(`    ${finding.explanation}`);
    out(`    ${JSON.stringify(finding.measures)}`);
  }
}

if (!dutIsThere()) out('The DUT recordings are not beside the project (../shared/data/dut).');
else for (const vehicle of judgeDut(shippedProfile(process.argv[2] ?? 'cn'))) print(vehicle);
