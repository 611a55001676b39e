import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually, makeFolder, removeFolder } from '@waybill/testing';
import { Control } from './control.ts';
import type { SeenConnection } from './daemon/control/commands.ts';
import type { Fault } from './daemon/faults.ts';
import type { Options } from './daemon/options.ts';
import type { Definition } from './daemon/queues/attributes.ts';
import type { UnitRecord } from './daemon/units/records.ts';
import { compiledLibrary } from './library.ts';
import { type BrowsedMessage, decoded, encoded, type GivenMessage } from './messages.ts';

export type QueueManagerOptions = Partial<Omit<Options, 'folder'>> & {
  /** What there is from the beginning, by name. */
  readonly queues?: Readonly<Record<string, Definition>>;
};

const defaults = {
  name: 'QM1',
  hosts: ['localhost(1414)'],
  maxMsgLength: 4_194_304,
  maxUncommitted: 10_000,
  maxHandles: 256,
  maxConnections: 1_000,
  sync: true,
};

/** A queue manager in a process of its own, for programs that use the real package `ibmmq` with the library that stands in for IBM's. */
export class QueueManager {
  readonly name: string;
  readonly #options: Options;
  #process: ChildProcess | undefined;
  #control: Control | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.name = options.name;
  }

  /** What the environment of a process has to say so that it finds the library, and with it this queue manager. */
  get env(): { readonly LD_LIBRARY_PATH: string; readonly WAYBILL_MQ_STAND_IN: string } {
    const { hosts, folder } = this.#options;
    const addresses = hosts.map((host) => `${host}=${join(folder, 'programs')}`);
    return { LD_LIBRARY_PATH: compiledLibrary(), WAYBILL_MQ_STAND_IN: addresses.join(';') };
  }

  /** The id of its process. */
  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** Whether its process has ended, by a kill or by a fault. */
  get hasEnded(): boolean {
    return this.#process === undefined || this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** Makes a queue, an alias or a model. Of a queue that is there, only what is given changes. */
  define(name: string, definition: Definition = { type: 'local' }): Promise<void> {
    return this.#ask('define', name, definition);
  }

  /** Deletes a queue with all that is on it. */
  remove(name: string): Promise<void> {
    return this.#ask('remove', name);
  }

  /** Puts a message, outside of any unit of work and of any connection. */
  async put(queue: string, message: GivenMessage | string): Promise<{ readonly msgId: string }> {
    const { msgIds } = await this.putAll(queue, [message]);
    return { msgId: msgIds[0] ?? '' };
  }

  /** The same for many, in this order and in one step. */
  putAll(queue: string, messages: readonly (GivenMessage | string)[]): Promise<{ readonly msgIds: readonly string[] }> {
    return this.#ask('put', queue, messages.map(encoded));
  }

  /** The messages that can be got, in the order in which they would be. They stay. */
  async browse(queue: string): Promise<readonly BrowsedMessage[]> {
    return (await this.#ask('browse', queue)).map(decoded);
  }

  /** The same; they are gone then. */
  async take(queue: string): Promise<readonly BrowsedMessage[]> {
    return (await this.#ask('take', queue)).map(decoded);
  }

  /** As the queue manager counts: with what is put in open units, without what is got in them. */
  depth(queue: string): Promise<number> {
    return this.#ask('depth', queue);
  }

  /** Lets something go wrong with the next call that fits. Faults end with the process. */
  fault(fault: Fault): Promise<void> {
    return this.#ask('fault', fault);
  }

  clearFaults(): Promise<void> {
    return this.#ask('clearFaults');
  }

  /** How many calls the faults still wait for. */
  faultsWaiting(): Promise<number> {
    return this.#ask('faultsWaiting');
  }

  /** All units of work that have ended since the process was started, in that order, and what was got and put outside of any. */
  units(): Promise<readonly UnitRecord[]> {
    return this.#ask('units');
  }

  connections(): Promise<readonly SeenConnection[]> {
    return this.#ask('connections');
  }

  /** Ends connections as a network does: all, or those of one application name. */
  cut(applName?: string): Promise<void> {
    return this.#ask('cut', applName);
  }

  /** Lets nobody begin anything new: 2161. */
  quiesce(): Promise<void> {
    return this.#ask('quiesce');
  }

  resume(): Promise<void> {
    return this.#ask('resume');
  }

  /** Ends the queue manager under its programs (2162, then 2009); nobody can connect (2059) until `start`. */
  end(): Promise<void> {
    return this.#ask('end');
  }

  start(): Promise<void> {
    return this.#ask('start');
  }

  /** Kills its process, as a crash does. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#control?.close();
    if (child === undefined || this.hasEnded) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Starts its process, after a kill of the one that ran, on what its log has kept. */
  async restart(): Promise<void> {
    await this.kill();
    const { folder } = this.#options;
    const child = spawn(process.execPath, [join(import.meta.dirname, 'daemon/main.ts'), JSON.stringify(this.#options)], {
      stdio: ['pipe', 'inherit', 'inherit'],
    });
    this.#process = child;
    this.#control = await eventually(
      () => {
        if (child.exitCode !== null) throw new Error(`The process of the queue manager has ended with ${child.exitCode}.`);
        return Control.open(join(folder, 'control'));
      },
      { what: 'the queue manager to listen', within: 30_000 },
    );
  }

  /** Lets go of its process, as the death of a test does. */
  letGo(): void {
    this.#process?.stdin?.destroy();
  }

  /** Kills its process and removes its folder. */
  async close(): Promise<void> {
    await this.kill();
    await removeFolder(this.#options.folder);
  }

  #ask: Control['ask'] = (command, ...args) => {
    if (this.#control === undefined) throw new Error('The queue manager has not been started.');
    return this.#control.ask(command, ...args);
  };
}

/** Starts a queue manager in a temporary folder. The caller closes it. Ask `hasStandIn` first. */
export async function startQueueManager({ queues = {}, ...options }: QueueManagerOptions = {}): Promise<QueueManager> {
  const queueManager = new QueueManager({ ...defaults, ...options, folder: await makeFolder() });
  await queueManager.restart();
  for (const [name, definition] of Object.entries(queues)) await queueManager.define(name, definition);
  return queueManager;
}
