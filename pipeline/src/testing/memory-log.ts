import { contentHash } from '@wayside/contracts/canonical';
import type { SiteRef } from '@wayside/contracts/site';
import type { AppendOutcome, DeadLetter, IncomingMessage, LogWriter } from '../app/event-log.ts';

/** A log in memory whose appends can be held up and made to fail, for tests of what stands before a log. */
export class MemoryLog implements LogWriter {
  readonly messages: IncomingMessage[] = [];
  readonly letters: DeadLetter[] = [];
  /** Sizes of the appends, in order. */
  readonly appends: number[] = [];
  /** Awaited before each write; reject it to make the write fail. */
  gate: () => Promise<void> = () => Promise.resolve();

  async append(messages: readonly IncomingMessage[]): Promise<readonly AppendOutcome[]> {
    this.appends.push(messages.length);
    await this.gate();
    return messages.map((incoming) => {
      if (this.messages.some(({ message }) => message.id === incoming.message.id)) return 'duplicate';
      this.messages.push(incoming);
      return 'stored';
    });
  }

  async reject(letters: readonly DeadLetter[]): Promise<void> {
    await this.gate();
    this.letters.push(...letters);
  }

  async siteDevices({ version }: SiteRef): Promise<readonly string[] | undefined> {
    await this.gate();
    for (const { message } of this.messages)
      if (
        message.type === 'org.wayside.status.v1' &&
        message.data.site &&
        contentHash(message.data.site) === version
      )
        return message.data.site.devices;
    return undefined;
  }

  lastSequences(devices: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const last = new Map<string, number>();
    for (const { message } of this.messages)
      if (devices.includes(message.device))
        last.set(message.device, Math.max(message.sequence, last.get(message.device) ?? 0));
    return Promise.resolve(last);
  }
}
