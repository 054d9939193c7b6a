// `npm run peers`: brings the programs that `npm run bench -- peers` compares with. Telegraf is built from its Go module,
// with the plugins it needs only; Node-RED comes from npm. What cannot be had is said, and the benchmark leaves it out.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fetched, program, run } from './cache.js';

const TELEGRAF = 'github.com/influxdata/telegraf@v1.37.2';
const PLUGINS = 'custom,inputs.mqtt_consumer,outputs.postgresql,parsers.value';
const missing = [];

const go = program('go');
const telegraf = (folder) => {
  console.log(`${TELEGRAF}: fetched and built, some minutes`);
  const module = spawnSync(go, ['mod', 'download', '-json', TELEGRAF], { cwd: folder, encoding: 'utf8' });
  if (module.status !== 0) return false;
  const build = ['build', '-trimpath', '-ldflags', '-s -w', '-tags', PLUGINS];
  return run(go, [...build, '-o', join(folder, 'telegraf'), './cmd/telegraf'], {
    cwd: JSON.parse(module.stdout).Dir,
  });
};
if (!go) missing.push('Telegraf (Go)');
else if (!fetched('telegraf-1.37.2', telegraf)) missing.push('Telegraf (its Go modules cannot be had)');

const nodeRed = (folder) =>
  run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', 'node-red@4.1.8', 'pg@8.23.1']);
if (!fetched('node-red-4', nodeRed)) missing.push('Node-RED (npm could not fetch it)');

console.log(
  missing.length === 0
    ? '\nTelegraf and Node-RED are here: npm run bench -- peers'
    : `\nMissing:\n  ${missing.join('\n  ')}`,
);
