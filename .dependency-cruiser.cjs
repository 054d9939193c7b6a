// The layers of the house (docs/architecture.md). `npm run layers` runs it; tests/architecture.test.ts makes sure it saw the code.
const rooms = ['contracts', 'edge', 'pipeline', 'models', 'simulators', 'dashboards'];
const mayImport = {
  contracts: [],
  edge: ['contracts'],
  pipeline: ['contracts', 'models'],
  models: ['contracts'],
  simulators: ['contracts', 'edge'],
  dashboards: ['contracts'],
};

const roomRules = rooms.map((room) => ({
  name: `${room}-imports-only-${mayImport[room].join('-and-') || 'nothing-of-ours'}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: {
    path: `^(${rooms.filter((other) => other !== room && !mayImport[room].includes(other)).join('|')}|tests)/`,
  },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(node-rdkafka|@tensorflow/tfjs-node)$' },
    },
    {
      name: 'domain-is-pure',
      comment:
        'domain/ imports contracts and itself; no third-party client, no node built-in that touches the outside. Schemas and dates are pure.',
      severity: 'error',
      from: { path: '^(edge|pipeline)/src/domain/', pathNot: '\\.test\\.ts$' },
      to: {
        pathNot:
          '^(contracts/|(edge|pipeline)/src/domain/|node_modules/typebox/|node_modules/@js-temporal/|node_modules/@types/)',
      },
    },
    {
      name: 'app-knows-no-adapter',
      severity: 'error',
      from: { path: '^pipeline/src/app/', pathNot: '\\.test\\.ts$' },
      to: { path: '^pipeline/src/(adapters|cli)/' },
    },
    {
      name: 'only-main-makes-adapters',
      severity: 'error',
      from: { path: '^pipeline/src/', pathNot: '^pipeline/src/(adapters/|cli/|main/)|\\.test\\.ts$' },
      to: { path: '^pipeline/src/adapters/' },
    },
    {
      name: 'opentelemetry-is-loaded-when-asked-for',
      comment: 'A house without traces must not start later for them: main imports the adapter dynamically.',
      severity: 'error',
      from: { path: '^pipeline/src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^pipeline/src/adapters/otel-tracer\\.ts$', dynamic: false },
    },
    {
      name: 'only-its-adapter-knows-opentelemetry',
      severity: 'error',
      from: {
        path: '^(contracts|edge|pipeline|simulators|tests)/',
        pathNot: '^pipeline/src/adapters/otel-tracer\\.ts$',
      },
      to: { path: '^node_modules/@opentelemetry/' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$|^tests/' },
      to: { path: '\\.test\\.tsx?$|^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
    exclude: { path: '(^|/)dist/' },
  },
};
