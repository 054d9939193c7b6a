import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @returns the path of a program of this machine; servers stand in sbin, which is on few people's path. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
