/** The handheld: files a conductor's report, in a tunnel too; the uplink delivers it when there is a line again. */
import type { Tokens } from '../tokens.ts';
import type { Uplink } from '../uplink/uplink.ts';
import { buildReport, firstFactMs, type ReportInput } from './report-input.ts';

export type Filed =
  | { readonly kind: 'filed'; readonly sequence: number }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }
  | { readonly kind: 'outbox-full' };

/** Resolves when the report is stored on the device. @throws UplinkError */
export async function fileReport(
  uplink: Uplink,
  tokens: Tokens,
  input: ReportInput,
  clock: () => number = Date.now,
): Promise<Filed> {
  const built = buildReport(input, tokens);
  if (built.kind === 'invalid') return built;
  const sent = await uplink.send('reports', firstFactMs(built.report) ?? clock(), built.report);
  return sent.kind === 'stored' ? { kind: 'filed', sequence: sent.sequence } : { kind: 'outbox-full' };
}
