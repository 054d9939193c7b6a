// The third command: `npm run native` adds the two heavy native packages of the server profile. Each may fail to
// install without harm; what is then missing is said, and the house runs without it.
import { spawnSync } from 'node:child_process';
import { run } from './cache.js';
import { compileBinding } from './libtensorflow.js';

const packages = [
  {
    name: 'node-rdkafka',
    version: '3.6.1',
    gives: 'the event log on Kafka',
    without: 'the event log stays in Postgres',
  },
  {
    name: '@tensorflow/tfjs-node',
    version: '4.22.0',
    gives: 'the model on libtensorflow',
    without: 'the model runs on WebAssembly',
    otherwise: () => compileBinding('node_modules/@tensorflow/tfjs-node'),
  },
];

/** Whether Node can load it, native library and all. */
const loads = (name) =>
  spawnSync(process.execPath, ['-e', `require('${name}')`], { stdio: 'ignore' }).status === 0;

/** Its own install script, then the other way if it has one. @returns why it does not load; undefined if it does. */
function built({ name, gives, otherwise }) {
  console.log(`\n${name}: ${gives}. This may take some minutes.`);
  if (loads(name)) return undefined;
  run('npm', ['rebuild', name], { timeout: 600_000 });
  if (loads(name)) return undefined;
  const lacks = otherwise?.();
  if (lacks !== undefined) return `building it another way needs ${lacks}`;
  return loads(name) ? undefined : 'it does not load';
}

// Together, for npm removes what is not in the lock file and not asked for; without their scripts, so that each can fail alone.
const specs = packages.map(({ name, version }) => `${name}@${version}`);
const install = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', ...specs];
const installed = packages.every(({ name }) => loads(name)) || run('npm', install);

const missing = [];
for (const one of packages) {
  const why = installed ? built(one) : 'npm could not install it';
  if (why !== undefined) missing.push(`${one.name} is not here (${why}): ${one.without}.`);
}
console.log(missing.length === 0 ? '\nBoth are installed, and load.' : `\n${missing.join('\n')}`);
