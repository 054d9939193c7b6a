/** The site file that a camera or a signal controller is set up with. */
import { Site } from '@wayside/contracts/site';
import { Compile } from 'typebox/compile';
import { deviceOf, readText } from './uplink-settings.ts';

/** @returns the site, or undefined with the problems added */
export async function siteOf(file: string | undefined, problems: string[]): Promise<Site | undefined> {
  const text = await readText(file, '--site', problems);
  if (file === undefined || text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const validator = Compile(Site);
    if (validator.Check(value)) return value;
    const faults = [...validator.Errors(value)].map(
      ({ instancePath, message }) => `--site ${file}: ${instancePath || '/'} ${message}`,
    );
    problems.push(...new Set(faults));
  } catch (error) {
    problems.push(`--site ${file}: ${(error as Error).message}`);
  }
  return undefined;
}

/** @returns the device, which must be one of the site's, or '' with a problem added */
export function deviceAt({ id, devices }: Site, given: string | undefined, problems: string[]): string {
  const device = deviceOf(given, problems);
  if (device !== '' && !devices.includes(device))
    problems.push(`--device "${device}" is not among the devices of site ${id}: ${devices.join(', ')}`);
  return device;
}
