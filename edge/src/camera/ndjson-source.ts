/** A tracker that writes its frames as lines of JSON, so that any detector can be piped in. */
import { addAbortSignal, type Readable } from 'node:stream';
import type { Site } from '@wayside/contracts/site';
import { parseFrame, type ParsedFrame } from './frame-schema.ts';
import type { Frame, FrameSource } from './frame-source.ts';
import { linesOf, type Line } from './lines.ts';
import type { RejectedLine } from './rejected-file.ts';

const MAX_LINE_BYTES = 1024 * 1024;

export interface NdjsonOptions {
  readonly site: Site;
  readonly input: Readable;
  /** Called for each line that is no frame; the rest goes on. */
  readonly onRejected: (rejected: RejectedLine) => Promise<void>;
}

export function ndjsonSource({ site, input, onRejected }: NdjsonOptions): FrameSource {
  return {
    site,
    async *frames(signal): AsyncGenerator<Frame> {
      addAbortSignal(signal, input);
      for await (const line of linesOf(input, MAX_LINE_BYTES)) {
        if (line.kind === 'line' && line.text.trim() === '') continue;
        const parsed = frameOf(line);
        if (parsed.kind === 'frame') yield parsed.frame;
        else
          await onRejected({
            line: line.number,
            reason: parsed.reason,
            ...('value' in parsed && { value: parsed.value }),
          });
      }
    },
  };
}

const frameOf = (line: Line): ParsedFrame =>
  line.kind === 'line'
    ? parseFrame(line.text)
    : { kind: 'bad', reason: `longer than ${MAX_LINE_BYTES} bytes` };
