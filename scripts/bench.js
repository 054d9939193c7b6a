// `npm run bench` lists the benchmarks; `npm run bench -- NAME [--json] [options]` runs one.
// A benchmark is a module with `description` and `run({ json, …options })`, which returns what it measured.
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import '@wayside/contracts/typescript';

const benchmarks = {
  embedded: '../tests/bench/embedded.ts',
  judge: '../pipeline/bench/judge.ts',
  hostile: '../pipeline/bench/hostile.ts',
  street: '../simulators/bench/street.ts',
  model: '../models/bench/model.ts',
  cqut: '../models/bench/cqut.ts',
  ledger: '../tests/bench/ledger.ts',
  server: '../tests/bench/server.ts',
  histories: '../tests/bench/histories.ts',
  peers: '../tests/bench/peers.ts',
  scaling: '../tests/bench/scaling.ts',
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    count: { type: 'string' },
    minutes: { type: 'string' },
    rate: { type: 'string' },
  },
});
const [name] = positionals;
if (name === undefined || !(name in benchmarks)) {
  for (const [key, path] of Object.entries(benchmarks)) {
    const { description } = await import(path);
    console.log(`${key.padEnd(10)} ${description}`);
  }
  console.log('\nnpm run bench -- NAME [--json]');
  process.exit(name === undefined ? 0 : 2);
}

const benchmark = await import(benchmarks[name]);
const result = await benchmark.run({ ...values, json: values.json === true });
const machine = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  memoryGib: Math.round(totalmem() / 2 ** 30),
  node: process.version,
};
if (values.json)
  console.log(JSON.stringify({ benchmark: name, at: new Date().toISOString(), machine, ...result }, null, 2));
else
  console.log(`\nmachine: ${machine.cores} × ${machine.cpu}, ${machine.memoryGib} GiB, Node ${machine.node}`);
process.exit(0);
