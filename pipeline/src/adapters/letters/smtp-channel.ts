/**
 * Letters by mail. Accepted by the recipient’s own server counts as delivered: later bounces come back to the sender’s
 * mailbox, and a clerk enters them.
 */
import { createTransport } from 'nodemailer';
import type { NoticeChannel, OutgoingLetter, SendOutcome } from '../../app/notices/channel.ts';

export interface SmtpOptions {
  /** `smtps://user:password@host:465`, or `smtp://…` with STARTTLS where the server has it. */
  readonly url: string;
  readonly from: string;
}

const TIMEOUT_MS = 30_000;

export function smtpChannel({ url, from }: SmtpOptions): NoticeChannel & { readonly close: () => void } {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'smtp',
    close: () => transport.close(),
    send: async (letter, signal) => {
      const { address } = letter;
      if (address?.email === undefined)
        return { kind: 'never', reason: 'address-unknown', detail: 'the register has no e-mail address' };
      signal.throwIfAborted();
      try {
        const { response } = await transport.sendMail(messageOf(letter, address.email, from));
        return { kind: 'delivered', detail: response };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

const messageOf = ({ id, subject, html, pdf, language }: OutgoingLetter, to: string, from: string) => ({
  from,
  to,
  subject,
  html,
  // The same at every attempt, so that a mailbox can drop the second copy.
  messageId: `<${id}@wayside>`,
  headers: { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' },
  attachments: [{ filename: `${id}.pdf`, content: Buffer.from(pdf), contentType: 'application/pdf' }],
});

/** RFC 5321, §4.2.1: 5yz will not change by itself, everything else may. A recipient refused for good has no address. */
function failureOf(error: unknown): SendOutcome {
  const { message, responseCode, command } = error as Error & {
    readonly responseCode?: number;
    readonly command?: string;
  };
  if (responseCode === undefined || responseCode < 500) return { kind: 'not-now', detail: message };
  const reason = command === 'RCPT TO' ? 'address-unknown' : 'channel-failed';
  return { kind: 'never', reason, detail: message };
}
