/** `wayside-edge report` and `wayside-edge deliver`: the conductor's handheld on a command line. */
import type { Command } from 'commander';
import { fileReport } from '../handheld/file-report.ts';
import { buildReport, parseReportInput, type ReportInput } from '../handheld/report-input.ts';
import { loadTokens } from '../tokens.ts';
import { openOutboxStore } from '../uplink/outbox-store.ts';
import { openUplink } from '../uplink/open-uplink.ts';
import type { Uplink } from '../uplink/uplink.ts';
import { report, UsageError, type ExitCode, type Io } from './io.ts';
import {
  addUplinkOptions,
  deviceOf,
  readText,
  uplinkSettings,
  type UplinkFlags,
  type UplinkSettings,
} from './uplink-settings.ts';

interface ReportFlags extends UplinkFlags {
  readonly file?: string;
}

type Settings = UplinkSettings & { readonly device: string };

export function addHandheldCommands(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const filing = program
    .command('report')
    .description("File a conductor's report; without a line it waits on the device.")
    .option('--file <json>', 'the report, with tickets and staff number as read; needed')
    .option('--device <id>', 'this handheld; needed')
    .addHelpText('after', REPORT_EXAMPLES)
    .action(async (flags: ReportFlags) => done(await file(flags, io)));
  const delivery = program
    .command('deliver')
    .description('Deliver what waits in the outbox of a device.')
    .option('--device <id>', 'this device; needed')
    .addHelpText('after', '\nExample:\n  wayside-edge deliver --device handheld-3 --data /var/lib/wayside\n')
    .action(async (flags: UplinkFlags) => done(await deliver(flags, io)));
  addUplinkOptions(filing);
  addUplinkOptions(delivery);
}

const REPORT_EXAMPLES = `
A report:
  {"seat":{"operator":"demo-rail","train":"G101","serviceDate":"2026-05-01","coach":"5","place":"12A"},
   "section":{"from":"North","to":"South","fromStop":0,"toStop":4},
   "reservations":[{"checkedAtMs":1777600000000,"source":"ticket-scan","holderTicket":"E123 456",
                    "section":{"from":"North","to":"South","fromStop":0,"toStop":4}}],
   "occupantTicket":"E999 111","askedAtMs":1777600060000,"answer":"refused","answeredAtMs":1777600075000,
   "conductor":"C-17","simulated":false}

Example:
  wayside-edge report --device handheld-3 --file report.json --broker mqtt://127.0.0.1:1883 --data /var/lib/wayside
`;

async function file(flags: ReportFlags, io: Io): Promise<ExitCode> {
  const problems: string[] = [];
  const settings = await handheldSettings(flags, io, problems);
  const input = await inputOf(flags.file, problems);
  if (problems.length > 0 || input === undefined) throw new UsageError(problems);
  const tokens = await loadTokens(settings.tokenKeyFile);
  const built = buildReport(input, tokens);
  if (built.kind === 'invalid') throw new UsageError(built.problems.map((problem) => `--file ${problem}`));
  return withUplink(settings, io, async (uplink) => {
    const filed = await fileReport(uplink, tokens, input);
    const { left } = await uplink.stop(settings);
    if (filed.kind !== 'filed') throw new Error('the outbox is full: the report was not stored');
    const delivered = left === 0;
    report(io, flags.json, { device: settings.device, sequence: filed.sequence, delivered, left }, [
      delivered
        ? `report ${filed.sequence} of ${settings.device} is delivered`
        : `report ${filed.sequence} of ${settings.device} is stored; ${left} messages wait for a line`,
    ]);
    return 0;
  });
}

async function deliver(flags: UplinkFlags, io: Io): Promise<ExitCode> {
  const problems: string[] = [];
  const settings = await handheldSettings(flags, io, problems);
  if (problems.length > 0) throw new UsageError(problems);
  return withUplink(settings, io, async (uplink) => {
    const { left } = await uplink.stop(settings);
    const { acknowledged } = uplink.stats();
    report(io, flags.json, { device: settings.device, acknowledged, left }, [
      `${settings.device}: ${acknowledged} messages delivered, ${left} left`,
    ]);
    return left === 0 ? 0 : 1;
  });
}

async function withUplink(
  settings: Settings,
  io: Io,
  use: (uplink: Uplink) => Promise<ExitCode>,
): Promise<ExitCode> {
  const store = await openOutboxStore(settings.outboxDir, { fsync: settings.fsync });
  const { software, logger } = io;
  try {
    const uplink = await openUplink({
      ...settings,
      kind: 'handheld',
      store,
      software,
      logger,
      whenFull: 'refuse',
    });
    const hurry = () => void uplink.stop({ flushTimeoutMs: 0 });
    io.signal.addEventListener('abort', hurry, { once: true });
    return await use(uplink);
  } finally {
    await store.close();
  }
}

async function handheldSettings(flags: UplinkFlags, io: Io, problems: string[]): Promise<Settings> {
  const shared = await uplinkSettings(flags, io, problems);
  return { ...shared, device: deviceOf(flags.device, problems) };
}

async function inputOf(path: string | undefined, problems: string[]): Promise<ReportInput | undefined> {
  const text = await readText(path, '--file', problems);
  if (path === undefined || text === undefined) return undefined;
  try {
    const parsed = parseReportInput(JSON.parse(text));
    if (parsed.kind === 'input') return parsed.input;
    problems.push(...parsed.problems.map((problem) => `--file ${problem}`));
  } catch {
    problems.push(`--file ${path} is not JSON`);
  }
  return undefined;
}
