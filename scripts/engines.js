// `npm run engines`: brings to a Debian machine what the tests of the server profile run on, without containers. Packages
// and a Debian trixie for TimescaleDB need root; Kafka needs Java and Maven. What cannot be had is said, and skipped.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cache, fetched, program, run } from './cache.js';

const KAFKA_VERSION = '4.1.0';
const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
const has = (name) => program(name) !== undefined;
const missing = [];

/** Whether all of these are here, after installing those that are not. */
function packages(wanted) {
  const absent = Object.entries(wanted).filter(([program]) => !has(program));
  if (absent.length === 0) return true;
  if (process.getuid?.() !== 0 || !has('apt-get')) return false;
  run('apt-get', ['update', '-qq'], { env });
  const names = absent.map(([, name]) => name);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env });
  return absent.every(([program]) => has(program));
}

if (!packages({ mosquitto: 'mosquitto' })) missing.push('Mosquitto (apt-get install mosquitto)');
if (!packages({ 'redis-server': 'redis-server' })) missing.push('Redis (apt-get install redis-server)');

const native = ['17', '16', '15'].some((v) => existsSync(`/usr/lib/postgresql/${v}/lib/timescaledb.so`));
const debootstrap = (folder) =>
  packages({ debootstrap: 'debootstrap' }) &&
  run(
    'debootstrap',
    ['--variant=minbase', '--include=postgresql-17,postgresql-17-timescaledb', 'trixie', folder],
    { env },
  );
if (!native && !(process.getuid?.() === 0 && fetched('postgres-17', debootstrap)))
  missing.push('PostgreSQL with TimescaleDB (a package of this machine, or root and debootstrap)');

const maven = (folder) => {
  const project = mkdtempSync(join(tmpdir(), 'wayside-maven-'));
  const pom = join(project, 'pom.xml');
  writeFileSync(
    pom,
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>wayside</groupId><artifactId>kafka-for-tests</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId>
<version>${KAFKA_VERSION}</version></dependency></dependencies></project>`,
  );
  const copied = ['-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  const done = run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', ...copied]);
  rmSync(project, { recursive: true, force: true });
  return done;
};
if (!has('java') || !(has('mvn') || existsSync(join(cache, `kafka-${KAFKA_VERSION}`))))
  missing.push('Kafka (Java 17 and Maven)');
else if (!fetched(`kafka-${KAFKA_VERSION}`, maven)) missing.push('Kafka (Maven could not fetch it)');

console.log(
  missing.length === 0
    ? '\nAll engines are here: npm run test:server'
    : `\nMissing:\n  ${missing.join('\n  ')}`,
);
