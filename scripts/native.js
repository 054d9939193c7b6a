// The third command: `npm run native` adds the two heavy native packages of the server profile. Each may fail to
// install without harm; what is then missing is said, and the house runs without it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const packages = [
  {
    spec: 'node-rdkafka@3.6.1',
    compiled: 'node_modules/node-rdkafka/build/Release/node-librdkafka.node',
    gives: 'the event log on Kafka',
    without: 'the event log stays in Postgres',
  },
  {
    spec: '@tensorflow/tfjs-node@4.22.0',
    compiled: 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node',
    gives: 'the model on libtensorflow',
    without: 'the model runs on WebAssembly',
  },
];

const missing = [];
for (const { spec, compiled, gives, without } of packages) {
  console.log(`\n${spec}: ${gives}. This may take some minutes.`);
  const run = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', spec], {
    stdio: 'inherit',
  });
  if (run.status !== 0 || !existsSync(compiled)) missing.push(`${spec} is not installed: ${without}.`);
}
console.log(missing.length === 0 ? '\nBoth are installed.' : `\n${missing.join('\n')}`);
