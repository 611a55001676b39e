// `npm run vehicles`: brings the servers that tests drive beside the code, each into a folder of the cache. `--where NAME` prints where one is, if it is
// there. Runs on Node 20 without anything installed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Pinned: newer versions of Artemis have moved to another group and do not all resolve. */
const artemis = {
  name: 'artemis',
  version: '2.42.0',
  group: 'org.apache.activemq',
  artifacts: ['artemis-server', 'artemis-amqp-protocol'],
};
const copying = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
/** How long fetching may take, in milliseconds: 35 s the first time on a machine with two processors. */
const limit = 300_000;

/** Outside of any checkout, so that it is fetched once a machine. */
const cache = process.env.WAYBILL_VEHICLES ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'waybill', 'vehicles');

const folderOf = ({ name, version }) => join(cache, `${name}-${version}`);

const answers = (program, ...args) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

function bring(vehicle) {
  const folder = folderOf(vehicle);
  if (existsSync(folder)) return say(`${vehicle.name} ${vehicle.version} is in ${folder}.`);
  if (!answers('java', '-version'))
    return fail(`${vehicle.name} needs Java, and there is no "java" here. Install a JRE of version 17 or newer.`);
  if (!answers('mvn', '-version')) return fail(`${vehicle.name} is fetched by Maven, and there is no "mvn" here. Install Maven.`);
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'draft-'));
  try {
    writeFileSync(join(draft, 'pom.xml'), pomOf(vehicle));
    const fetched = spawnSync('mvn', ['-q', '-B', '-f', join(draft, 'pom.xml'), copying, `-DoutputDirectory=${join(draft, 'lib')}`], {
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: limit,
    });
    if (fetched.status !== 0 || !existsSync(join(draft, 'lib'))) return fail(`${vehicle.name} could not be fetched; Maven has said why.`);
    // In one step: what has its name is whole.
    renameSync(join(draft, 'lib'), folder);
    say(`${vehicle.name} ${vehicle.version} was fetched into ${folder}.`);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function pomOf({ group, version, artifacts }) {
  const dependencies = artifacts.map(
    (artifact) => `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>waybill</groupId><artifactId>vehicles</artifactId><version>1</version>
<dependencies>${dependencies.join('')}</dependencies></project>
`;
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

const [option, wanted] = process.argv.slice(2);
if (option !== '--where') bring(artemis);
else if (wanted === artemis.name && existsSync(folderOf(artemis)) && answers('java', '-version')) say(folderOf(artemis));
else process.exitCode = 1;
