import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { eventually, hasVehicle, makeFolder, removeFolder } from '@waybill/testing';
import { root } from '../../scripts/generate/workspace.ts';

/** How long a start may take on a machine that does much else, in milliseconds. */
const patience = 60_000;
/** How many starts are tried: another program may have taken the port in between. */
const tries = 3;

/**
 * Runs a program, and kills it when whoever has started it has ended, however that came: a test that was killed would leave its broker
 * behind for ever.
 */
const endsWithUs = 'exec 3<&0; "$@" & program=$!; { read line <&3; kill -9 $program; } & wait $program';

let jars: string | undefined;

/** Whether the jars and Java are here. `unchecked`: what is not checked without them, as the rest of a sentence. */
export function hasArtemis(unchecked: string): boolean {
  return hasVehicle('ActiveMQ Artemis (npm run vehicles brings it)', () => findJars() !== '', unchecked);
}

function findJars(): string {
  jars ??= spawnSync(process.execPath, ['scripts/vehicles.mjs', '--where', 'artemis'], { cwd: root, encoding: 'utf8' }).stdout.trim();
  return jars;
}

/** The settings of the addresses that match a pattern: `{ 'exclusive.#': { 'default-exclusive-queue': true } }`. */
export type AddressSettings = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

/**
 * A message broker of its own for one test file, on a port that the system chose and in a folder of its own. What it has
 * acknowledged is on the disk: it may be killed and started again.
 */
export class Artemis {
  readonly #folder: string;
  readonly port: number;
  #broker: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  /** Every address is a queue that comes into being when it is first named, unless `addresses` says something else. */
  static async start(addresses: AddressSettings = {}): Promise<Artemis> {
    for (let left = tries; ; left--) {
      const artemis = new Artemis(await makeFolder(), await freePort());
      await mkdir(join(artemis.#folder, 'etc'));
      await writeFile(join(artemis.#folder, 'etc', 'broker.xml'), brokerXml(artemis.port, addresses));
      try {
        await artemis.restart();
        return artemis;
      } catch (error) {
        await artemis.end();
        if (left === 1) throw error;
      }
    }
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    const broker = this.#broker;
    this.#broker = undefined;
    if (broker?.pid === undefined || broker.exitCode !== null || broker.signalCode !== null) return;
    // Whoever waits for its end has to be there for it.
    broker.ref();
    const ended = once(broker, 'exit');
    broker.ref();
    process.kill(-broker.pid, 'SIGKILL');
    await ended;
  }

  /** Starts it with what it had. Resolves when it takes connections. */
  async restart(): Promise<void> {
    const classes = join(findJars(), '*');
    const flags = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', classes];
    const said: string[] = [];
    const main = 'org.apache.activemq.artemis.core.server.embedded.Main';
    const broker = spawn('sh', ['-c', endsWithUs, 'sh', 'java', ...flags, main, this.#folder], { detached: true });
    for (const stream of [broker.stdout, broker.stderr]) stream.on('data', (part) => said.push(String(part)));
    // Nothing of a test waits for it any more when the test has ended.
    broker.unref();
    for (const stream of [broker.stdin, broker.stdout, broker.stderr]) (stream as unknown as Socket).unref();
    this.#broker = broker;
    try {
      await eventually(() => broker.exitCode !== null || answers(this.port), { what: 'Artemis to start', within: patience });
      if (broker.exitCode !== null) throw new Error('Artemis has ended by itself');
    } catch (cause) {
      throw new Error(`Artemis does not run:\n${said.join('').split('\n').slice(-20).join('\n')}`, { cause });
    }
  }

  async end(): Promise<void> {
    await this.kill();
    await removeFolder(this.#folder);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether somebody speaks AMQP there: the answer to the header is a header. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.setTimeout(2_000, () => socket.destroy());
    socket.once('connect', () => socket.write(Buffer.from([0x41, 0x4d, 0x51, 0x50, 3, 1, 0, 0])));
    socket.once('data', () => resolve(true)).once('data', () => socket.destroy());
    socket.on('error', () => undefined).once('close', () => resolve(false));
  });
}

const ofEveryAddress = {
  'default-address-routing-type': 'ANYCAST',
  'default-queue-routing-type': 'ANYCAST',
  'auto-create-queues': true,
  'auto-create-addresses': true,
  'auto-delete-queues': false,
  'auto-delete-addresses': false,
  'dead-letter-address': 'DLQ',
  'max-delivery-attempts': 10,
};

function brokerXml(port: number, addresses: AddressSettings): string {
  const settings = Object.entries({ '#': ofEveryAddress, ...addresses }).map(([match, each]) => {
    const lines = Object.entries(each).map(([name, value]) => `<${name}>${value}</${name}>`);
    return `<address-setting match="${match}">${lines.join('')}</address-setting>`;
  });
  // A full disk of the machine would block every sender without a word.
  return `<configuration xmlns="urn:activemq"><core xmlns="urn:activemq:core">
<name>test</name><security-enabled>false</security-enabled><persistence-enabled>true</persistence-enabled>
<journal-type>NIO</journal-type><journal-min-files>2</journal-min-files><journal-file-size>1M</journal-file-size><journal-datasync>true</journal-datasync>
<max-disk-usage>-1</max-disk-usage>
<acceptors><acceptor name="amqp">tcp://127.0.0.1:${port}?protocols=AMQP;amqpMinLargeMessageSize=102400</acceptor></acceptors>
<addresses><address name="DLQ"><anycast><queue name="DLQ"/></anycast></address></addresses>
<address-settings>${settings.join('\n')}</address-settings>
</core></configuration>
`;
}
