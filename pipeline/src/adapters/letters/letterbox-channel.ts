/**
 * A letterbox: the letters lie in a folder of the house, one HTML and one PDF each, for whoever carries them out. In
 * the embedded house that is the end of their way, so a letter that lies there counts as delivered.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NoticeChannel } from '../../app/notices/channel.ts';

export const letterboxChannel = (folder: string): NoticeChannel => ({
  name: 'letterbox',
  send: async ({ id, html, pdf }) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, `${id}.html`), html, { mode: 0o600 });
    await writeFile(join(folder, `${id}.pdf`), pdf, { mode: 0o600, flush: true });
    return { kind: 'delivered', detail: `letters/${id}.pdf` };
  },
});
