/** The CQUT recordings: does the first second of an interaction tell who will not give way? */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  evaluateInteractions,
  type FoldFigures,
  type InteractionFigures,
} from '../src/cqut/evaluate-interactions.ts';
import { readInteractions } from '../src/cqut/read-interactions.ts';

export const description =
  'CQUT-PVI: AUC of the derived label from the first second, by folds and by whole files';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'cqut-pvi');

export function run({
  json,
}: {
  readonly json: boolean;
}): Promise<(InteractionFigures & { readonly rejectedLines: number }) | { readonly skipped: string }> {
  if (!existsSync(FOLDER)) {
    const skipped = 'the recordings are not beside the project (../shared/data/cqut-pvi)';
    if (!json) process.stdout.write(`skipped: ${skipped}\n`);
    return Promise.resolve({ skipped });
  }
  const { interactions, rejectedLines } = readInteractions(FOLDER);
  const figures = evaluateInteractions(interactions);
  if (!json) print(figures, rejectedLines);
  return Promise.resolve({ ...figures, rejectedLines });
}

function print(figures: InteractionFigures, rejectedLines: number): void {
  const out = (line: string): void => void process.stdout.write(`${line}\n`);
  out(`${figures.events} events, ${figures.positives} positive; ${rejectedLines} lines rejected`);
  const row = (name: string, { auc, f1, folds }: FoldFigures): void => {
    const each = folds.map((fold) => `${fold.name} ${fold.auc.toFixed(3)}`).join('  ');
    out(`${name.padEnd(26)} AUC ${auc.toFixed(4)}  F1 ${f1.toFixed(4)}   ${each}`);
  };
  row('5-fold', figures.fiveFold);
  row('5-fold, vehicles apart', figures.fiveFoldByVehicle);
  row('leave one file out', figures.leaveOneFileOut);
}
