import { join } from 'node:path';
import type { Message } from '@waybill/contract';
import { createKernel, type Kernel, type Manifest, type Observation } from '@waybill/kernel';
import { eventually, type LogLine, recordingLog, removeFolder } from '@waybill/testing';
import { openQueues, type Queues } from '@waybill/transport-queue';
import { afterAll, beforeAll } from 'vitest';
import { type Call, recordingApplication } from './application.ts';
import { manifest } from './manifest.ts';
import { makeProjectFolder } from './project-folder.ts';

export interface World {
  readonly kernel: Kernel;
  readonly folder: string;
  readonly queues: Queues;
  readonly calls: readonly Call[];
  readonly seen: readonly Observation[];
  readonly lines: readonly LogLine[];
  /** The port that takes requests. */
  readonly port: number;
  close(): Promise<void>;
}

/** A running kernel with all three transports on real files and sockets. */
export async function openWorld(given: Manifest = manifest()): Promise<World> {
  const folder = await makeProjectFolder();
  const { log, lines } = recordingLog();
  const { application, calls } = recordingApplication();
  const kernel = createKernel({ manifest: given, folder, application, log });
  const seen: Observation[] = [];
  kernel.observe((observation) => seen.push(observation));
  await kernel.start();
  const queues = await openQueues({ path: join(folder, 'queues.db'), limit: 100_000_000 });
  const port = Number(lines.find(({ text }) => text.startsWith('listening'))?.fields['port']);
  const close = async () => {
    await queues.close();
    await kernel.stop({ grace: 5_000 });
    await removeFolder(folder);
  };
  return { kernel, folder, queues, calls, seen, lines, port, close };
}

/** One world for all tests of a file. To be called in the file or in a `describe`. */
export function sharedWorld(given?: Manifest): () => World {
  let world: World | undefined;
  beforeAll(async () => {
    world = await openWorld(given);
  });
  afterAll(() => world?.close());
  return () => {
    if (world) return world;
    throw new Error('the world is open only while tests run');
  };
}

let made = 0;

export function freshId(): string {
  return `message-${++made}`;
}

/** Puts a message on a queue that the kernel listens to. Resolves with its id. */
export async function put({ queues }: World, queue: string, body: Uint8Array | string, more: Partial<Message> = {}): Promise<string> {
  const { id = freshId() } = more;
  await queues.put(queue, { properties: {}, ...more, id, body: Buffer.from(body) });
  return id;
}

/** Resolves with what the kernel did with a message, once it has done it. */
export function outcomeOf({ seen }: World, id: string): Promise<Observation> {
  return eventually(() => seen.find((one) => one.id === id), { what: `the outcome of ${id}`, within: 30_000 });
}

/** What the journal knows of a message. */
export function journalled({ kernel }: World, name: string, id: string) {
  return kernel.desk.show({ direction: 'in', entry: name, id });
}

/** Resolves when nobody has anything to do any more with what was on a queue. */
export async function emptied({ queues }: World, queue: string): Promise<void> {
  await eventually(async () => (await queues.browse(queue)).length === 0, { what: `queue ${queue} to be empty` });
}

/** The commands that were called for a message. */
export function callsFor({ calls }: World, id: string): readonly string[] {
  return calls.filter(({ messageId }) => messageId === id).map(({ command }) => command);
}
