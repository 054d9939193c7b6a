/** A small network, its types, and floating-car data made of them: for tests. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listSumo, type SumoListing, type SumoRecording } from './sumo.ts';

/** As netconvert writes it: a street along x with a lane each way, a crossing over both at (100, 50), 4 m wide. */
export const NETWORK = `<?xml version="1.0" encoding="UTF-8"?>
<net version="1.9">
  <edge id=":m_0" function="internal">
    <lane id=":m_0_0" index="0" disallow="pedestrian" speed="13.89" length="4.00" shape="102.00,51.60 98.00,51.60"/>
  </edge>
  <edge id=":m_1" function="internal">
    <lane id=":m_1_0" index="0" disallow="pedestrian" speed="13.89" length="4.00" shape="98.00,48.40 102.00,48.40"/>
  </edge>
  <edge id=":m_c0" function="crossing" crossingEdges="west-out west-in">
    <lane id=":m_c0_0" index="0" allow="pedestrian" speed="1.00" length="6.40" width="4.00" shape="100.00,53.20 100.00,46.80"/>
  </edge>
  <edge id="east-in" from="east" to="m">
    <lane id="east-in_0" index="0" allow="pedestrian" speed="13.89" length="98.00" width="2.00" shape="200.00,54.20 102.00,54.20"/>
    <lane id="east-in_1" index="1" disallow="pedestrian" speed="13.89" length="98.00" shape="200.00,51.60 102.00,51.60"/>
  </edge>
  <edge id="east-out" from="m" to="east">
    <lane id="east-out_1" index="1" disallow="pedestrian" speed="13.89" length="98.00" shape="102.00,48.40 200.00,48.40"/>
  </edge>
  <edge id="west-in" from="west" to="m">
    <lane id="west-in_0" index="0" allow="pedestrian" speed="13.89" length="98.00" width="2.00" shape="0.00,45.80 98.00,45.80"/>
    <lane id="west-in_1" index="1" disallow="pedestrian" speed="13.89" length="98.00" shape="0.00,48.40 98.00,48.40"/>
  </edge>
  <edge id="west-out" from="m" to="west">
    <lane id="west-out_1" index="1" disallow="pedestrian" speed="13.89" length="98.00" shape="98.00,51.60 0.00,51.60"/>
  </edge>
  <connection from="east-in" to="west-out" fromLane="1" toLane="1" via=":m_0_0" dir="s" state="m"/>
  <connection from="west-in" to="east-out" fromLane="1" toLane="1" via=":m_1_0" dir="s" state="m"/>
  <connection from=":m_0" to="west-out" fromLane="0" toLane="1" dir="s" state="M"/>
  <connection from=":m_1" to="east-out" fromLane="0" toLane="1" dir="s" state="M"/>
</net>
`;

export const ROUTES = `<routes>
  <vTypeDistribution id="drivers">
    <vType id="kind" vClass="passenger" length="4" width="1.7"/>
    <vType id="rude" vClass="passenger" length="4" width="1.7" jmCrossingGap="0"/>
  </vTypeDistribution>
  <vType id="lorry" vClass="truck"/>
  <vType id="ambulance" vClass="emergency" jmDriveAfterRedTime="300" jmIgnoreKeepClearTime="0"/>
  <vType id="line-1" vClass="tram"/>
</routes>
`;

/** A person on foot and a car at each tenth of a second. */
export interface Walk {
  readonly seconds: number;
  readonly vehicles?: (
    second: number,
  ) => readonly { id: string; type: string; x: number; y: number; angle: number; speed: number }[];
  readonly people?: (
    second: number,
  ) => readonly { id: string; x: number; y: number; angle: number; speed: number; edge?: string }[];
}

export function fcdXml({ seconds, vehicles, people }: Walk): string {
  const steps = Array.from({ length: Math.round(seconds * 10) }, (_, i) => {
    const second = i / 10;
    const rows = [
      ...(vehicles?.(second) ?? []).map(
        (one) => `<vehicle ${attributes(one)} pos="1.00" lane="west-in_1" slope="0.00"/>`,
      ),
      ...(people?.(second) ?? []).map((one) => `<person ${attributes(one)} pos="1.00" slope="0.00"/>`),
    ];
    return `<timestep time="${second.toFixed(2)}">\n${rows.join('\n')}\n</timestep>`;
  });
  return `<fcd-export>\n${steps.join('\n')}\n</fcd-export>\n`;
}

const attributes = (of: object): string =>
  Object.entries(of)
    .map(([name, value]) => `${name}="${typeof value === 'number' ? value.toFixed(2) : String(value)}"`)
    .join(' ');

const signal = AbortSignal.timeout(60_000);

export async function listed(files: Readonly<Record<string, string>>): Promise<SumoListing> {
  const dir = await mkdtemp(join(tmpdir(), 'wayside-sumo-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  return listSumo({ dir, signal });
}

/** What the one run of these files at the network's crossing comes to. @throws where they make none. */
export async function recorded(files: Readonly<Record<string, string>>): Promise<SumoRecording> {
  const listing = await listed({ 'net.net.xml': NETWORK, 'drivers.rou.xml': ROUTES, ...files });
  if (listing.kind === 'faults') throw new Error(listing.faults.join('\n'));
  const [ref] = listing.recordings;
  if (ref === undefined) throw new Error('no recording');
  return ref.load(signal);
}
