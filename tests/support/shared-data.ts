/** The real recordings, which stand beside the project and are not part of it. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const DUT = fileURLToPath(new URL('../../../shared/data/dut', import.meta.url));
export const hasDut = existsSync(`${DUT}/crosswalks.json`);
export const WITHOUT_DUT = hasDut ? '' : ' (SKIPPED: ../shared/data/dut is not here)';
