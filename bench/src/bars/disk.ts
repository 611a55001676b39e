import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { handle } from '@waybill/contract/application';
import journal from '@waybill/journal-sqlite';
import { createKernel } from '@waybill/kernel';
import { memoryTransport, silentLog } from '@waybill/testing';
import { atLeast, type Bar, none, notRun } from './bar.ts';
import { doThing, thingDone, thingPack } from './thing.ts';

/** What happens to the disk of the journal; `end` mends it. */
interface Trouble {
  readonly what: string;
  /** Where the journal lies, in this folder. */
  readonly place: (folder: string) => Promise<string>;
  readonly begin: (place: string) => Promise<() => Promise<void>>;
  readonly leave?: (place: string) => Promise<void>;
}

const messages = 80;

/** A journal that cannot be written for a while: another program holds its lock, or the disk is full. */
export async function disk(seconds: number): Promise<readonly Bar[]> {
  const bars = [...(await during(locked, seconds))];
  if (process.getuid?.() === 0 && process.platform === 'linux') bars.push(...(await during(full, seconds)));
  else bars.push(notRun('disk, full', 'needs root, to mount a small disk'));
  return bars;
}

const locked: Trouble = {
  what: 'journal locked',
  place: async (folder) => folder,
  begin: async (place) => {
    const other = new DatabaseSync(join(place, 'journal.db'));
    other.exec('PRAGMA busy_timeout = 5000; BEGIN EXCLUSIVE');
    return async () => other.close();
  },
};

const full: Trouble = {
  what: 'disk full',
  place: async (folder) => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]);
    return folder;
  },
  begin: async (place) => {
    const filler = join(place, 'filler');
    let size = 4 * 1024 ** 2;
    for (; size > 0; size = Math.floor(size / 2)) while (await writeFile(filler, Buffer.alloc(size), { flag: 'a' }).then(isTrue, isFalse));
    return () => rm(filler);
  },
  leave: async (place) => void execFileSync('umount', ['-l', place]),
};

const isTrue = (): boolean => true;
const isFalse = (): boolean => false;

async function during({ what, place, begin, leave }: Trouble, seconds: number): Promise<readonly Bar[]> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bars-'));
  const where = await place(folder);
  const memory = memoryTransport();
  const runs = new Map<string, number>();
  const kernel = createKernel({
    manifest: {
      plugins: [],
      journal: { use: 'sqlite', path: './journal.db' },
      connections: { near: { transport: 'memory' } },
      inbound: { in: { connection: 'near', queue: 'IN' } },
      outbound: { out: { connection: 'near', queue: 'OUT' } },
      routes: [{ event: thingDone.name, message: 'Done', to: ['out'] }],
    },
    folder: where,
    plugins: [memory.transport, journal, thingPack],
    handlers: [
      handle(doThing, (input, context) => {
        runs.set(context.messageId, (runs.get(context.messageId) ?? 0) + 1);
        context.publish(thingDone, input as never);
      }),
    ],
    log: silentLog,
  });
  try {
    await kernel.start();
    const end = await begin(where);
    let shown = 0;
    for (let number = 0; number < messages; number++) {
      memory.put('IN', { id: `m-${number}`, body: JSON.stringify({ number }) });
      await pause((seconds * 1_000) / messages);
      if (kernel.status().journal.state === 'failing' && kernel.status().degraded) shown += 1;
    }
    await end();
    for (let wait = 0; memory.size('OUT') < messages && wait < 600; wait++) await pause(100);
    const parked = (await kernel.desk.counts()).reduce((sum, one) => sum + one.parked, 0);
    const named = `${what} for ${seconds} s, ${messages} messages`;
    return [
      none(`${named}: parked`, parked),
      none(`${named}: lost`, messages - memory.size('OUT')),
      none(`${named}: handlers run twice for it`, [...runs.values()].filter((times) => times > 1).length),
      atLeast(`${named}: seen as degraded (of ${messages} looks)`, shown, 1),
    ];
  } finally {
    await kernel.stop();
    await leave?.(where);
    await rm(folder, { recursive: true, force: true });
  }
}
