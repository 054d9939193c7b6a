/** A controller that writes its changes as lines of JSON. Unknown fields are faults, so that a misspelt one is noticed. */
import { addAbortSignal, type Readable } from 'node:stream';
import type { Site } from '@wayside/contracts/site';
import { SignalState } from '@wayside/contracts/signal-phases';
import { Slug } from '@wayside/contracts/units';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { linesOf, type Line } from '../camera/lines.ts';
import type { RejectedLine } from '../camera/rejected-file.ts';
import type { ChangeSource, SignalChange } from './change-source.ts';

const MAX_LINE_BYTES = 4096;

const timeMs = Type.Number({ minimum: 0 });
const ChangeLine = Type.Union([
  Type.Object({ timeMs, group: Slug, state: SignalState }, { additionalProperties: false }),
  Type.Object({ timeMs }, { additionalProperties: false }),
]);
const validator = Compile(ChangeLine);

export interface NdjsonChangesOptions {
  readonly site: Site;
  readonly input: Readable;
  /** Called for each line that is none; the rest goes on. */
  readonly onRejected: (rejected: RejectedLine) => Promise<void>;
}

export function ndjsonChanges({ site, input, onRejected }: NdjsonChangesOptions): ChangeSource {
  return {
    site,
    async *changes(signal): AsyncGenerator<SignalChange> {
      addAbortSignal(signal, input);
      for await (const line of linesOf(input, MAX_LINE_BYTES)) {
        if (line.kind === 'line' && line.text.trim() === '') continue;
        const parsed = changeOf(line, site);
        if (typeof parsed === 'string') await onRejected({ line: line.number, reason: parsed });
        else yield parsed;
      }
    },
  };
}

/** @returns the change, or why it is none. */
function changeOf(line: Line, { approaches }: Site): SignalChange | string {
  if (line.kind === 'too-long') return `longer than ${MAX_LINE_BYTES} bytes`;
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    return 'not JSON';
  }
  if (!validator.Check(value)) return 'must be {"timeMs"} or {"timeMs","group","state"}';
  if (!('group' in value) || approaches.some(({ signal }) => signal?.group === value.group)) return value;
  return 'names a group that no approach of the site has';
}
