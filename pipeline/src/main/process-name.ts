import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

const name = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;

/** This process and no other ever: a name in the tables of who works at what. */
export const processName = (): string => name;
