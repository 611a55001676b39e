import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReceiveContext } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { Desk, type Outside, type RawSettings, Rig, silentLog, temporaryFolder } from '@waybill/testing';
import { onTestFinished } from 'vitest';
import file from '../src/index.ts';

export interface World {
  /** The folder of the connection. */
  readonly folder: string;
  readonly rig: Rig;
  /** Opens a listener and lets it run. What it hands over waits for the test to settle it. */
  readonly listen: (options?: Partial<Pick<ReceiveContext, 'concurrency' | 'order' | 'tell' | 'log'>>) => Promise<Desk>;
  readonly write: (name: string, text?: string) => Promise<void>;
  /** The names in a folder of the connection, sorted; without the hidden ones. */
  readonly names: (folder?: string) => Promise<readonly string[]>;
}

/** A connection to a fresh folder, for one test. Quick to look, and files are ready at once, unless `inbound` says otherwise. With `shared`, to the folder of another world. */
export async function openWorld(inbound: RawSettings = {}, outbound: RawSettings = {}, shared?: string): Promise<World> {
  const folder = shared ?? join(await temporaryFolder(), 'exchange');
  if (shared === undefined) await mkdir(folder);
  const world: Outside = { connection: { path: folder }, inbound: { every: '20ms', settle: '0ms', ...inbound }, outbound };
  const rig = await Rig.open(file, { prepare: async () => world });
  onTestFinished(() => rig.close());
  return {
    folder,
    rig,
    listen: (options) => listen(rig, options),
    write: (name, text = `<${name}/>`) => writeFile(join(folder, name), text),
    names: async (inner = '.') => (await readdir(join(folder, inner))).filter((name) => !name.startsWith('.')).toSorted(),
  };
}

async function listen(rig: Rig, options: Partial<ReceiveContext> = {}): Promise<Desk> {
  const { receive } = file;
  if (!receive) throw new Error('the transport receives');
  const context: ReceiveContext = {
    name: 'test',
    log: silentLog,
    signal: new AbortController().signal,
    folder: rig.folder,
    concurrency: 1,
    order: 'parallel',
    stateOf: async () => undefined,
    tell: () => undefined,
    report: () => Promise.reject(new Error('files report nothing')),
    undeliverable: () => Promise.reject(new Error('files answer nobody')),
    ...options,
  };
  const source = resolveSettings(receive.endpoint, rig.world.inbound, { folder: rig.folder });
  const listener = await receive.open((await rig.connect()) as never, source as never, context);
  const desk = new Desk(rig.patience).start((deliver, stop) => listener.run(deliver, stop));
  onTestFinished(async () => {
    desk.automatically((held) => held.accept());
    await desk.stop().catch(() => undefined);
  });
  return desk;
}

/** The file a delivery came from. */
export function nameOf(held: {
  readonly delivery: { readonly message: { readonly properties: Readonly<Record<string, string>> } };
}): string {
  return held.delivery.message.properties['file-name'] ?? '';
}

/** The path of a file in hand. */
export async function claimed(world: World, name: string): Promise<string> {
  const claims = join(world.folder, '.waybill', 'claims');
  const path = (await readdir(claims, { recursive: true })).find((one) => one.endsWith(name));
  if (path === undefined) throw new Error(`${name} is not in hand`);
  return join(claims, path);
}
