/** Ids that every process finds by itself: nothing of a trace travels with a message (docs/decisions/0010). */
import { hash } from 'node:crypto';

/** @returns 16 bytes in hex, the same for the same message for ever. */
export const traceIdOf = (message: string): string => digest(`wayside-trace:${message}`).slice(0, 32);

/** @returns 8 bytes in hex, of the one span of this name in the trace of the message. */
export const spanIdOf = (name: 'intake' | 'judge', message: string): string =>
  digest(`wayside-span:${name}:${message}`).slice(0, 16);

const digest = (text: string): string => hash('sha256', text, 'hex');
