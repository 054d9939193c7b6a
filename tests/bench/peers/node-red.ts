import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineCache, freePort } from '../../support/engines/engine.ts';
import { endsWithUs } from '../../support/engines/ends-with-us.ts';
import { plainTable, type Subject, type Surroundings } from './subject.ts';

const folder = (): string => engineCache('node-red-4');

/** Its MQTT node acknowledges as it receives; there is no setting to wait for the database. */
const flow = ({ mqttUrl }: Surroundings): object[] => [
  { id: 'tab', type: 'tab', label: 'peers' },
  {
    id: 'broker',
    type: 'mqtt-broker',
    broker: '127.0.0.1',
    port: new URL(mqttUrl).port,
    clientid: 'node-red',
    autoConnect: true,
    cleansession: false,
    protocolVersion: '4',
    keepalive: '60',
  },
  {
    ...{ id: 'in', type: 'mqtt in', z: 'tab', topic: 'wayside/#', qos: '1', datatype: 'utf8' },
    ...{ broker: 'broker', inputs: 0, wires: [['store']] },
  },
  {
    id: 'store',
    type: 'function',
    z: 'tab',
    func: `await global.get('pool').query('INSERT INTO message VALUES (now(), $1, $2)', [msg.topic, msg.payload]); return null;`,
    outputs: 0,
    wires: [],
  },
];

const settings = ({ databaseUrl, folder: user }: Surroundings, port: number): string => `
const { Pool } = require(${JSON.stringify(join(folder(), 'node_modules/pg'))});
module.exports = {
  uiHost: '127.0.0.1', uiPort: ${port}, httpAdminRoot: false, userDir: ${JSON.stringify(user)}, flowFile: 'flow.json',
  functionGlobalContext: { pool: new Pool({ connectionString: ${JSON.stringify(databaseUrl)}, max: 10 }) },
  logging: { console: { level: 'error' } },
};`;

export const nodeRed: Subject = {
  name: 'Node-RED 4.1',
  how: 'mqtt in (QoS 1, session kept) → function with a pool of 10, an INSERT a message; acknowledges as it receives',
  lacks: () => (existsSync(folder()) ? undefined : 'Node-RED (npm run peers)'),
  prepare: plainTable.prepare,
  start: async (around) => {
    writeFileSync(join(around.folder, 'flow.json'), JSON.stringify(flow(around)));
    const file = join(around.folder, 'settings.cjs');
    writeFileSync(file, settings(around, await freePort()));
    const program = join(folder(), 'node_modules/node-red/red.js');
    const child = spawn(process.execPath, [program, '--settings', file], { stdio: 'ignore' });
    endsWithUs(child);
    return child;
  },
  rows: plainTable.rows,
};
