import { join } from 'node:path';
import type { Connection, Unit } from './connection.ts';
import { Faults } from './faults.ts';
import { failed, MQC } from './mqi.ts';
import type { Options } from './options.ts';
import { type Definition, withDefaults } from './queues/attributes.ts';
import { isPersistent, type Message } from './queues/message.ts';
import { Queue } from './queues/queue.ts';
import { type Entry, entriesOf, Log } from './units/log.ts';
import type { UnitRecord } from './units/records.ts';

/** Queues, connections and the log of one queue manager. What programs ask of it is in `verbs`. */
export class QueueManager {
  readonly options: Options;
  readonly queues = new Map<string, Queue>();
  /** Aliases and models: names that are no queues themselves. */
  readonly names = new Map<string, Definition>();
  readonly connections = new Set<Connection>();
  readonly faults = new Faults();
  readonly records: UnitRecord[] = [];
  readonly log: Log;
  state: 'running' | 'quiescing' | 'ended' = 'running';
  #lastOrder = 0;

  constructor(options: Options) {
    this.options = options;
    const path = join(options.folder, 'log');
    const messages = new Map<number, Message>();
    for (const entry of entriesOf(path)) this.#redo(entry, messages);
    this.log = new Log(path, [...this.#snapshot()], options.sync);
  }

  nextOrder(): number {
    this.#lastOrder += 1;
    return this.#lastOrder;
  }

  /** A local queue by its name, or by that of an alias. */
  queueNamed(name: string): Queue | undefined {
    const other = this.names.get(name);
    return this.queues.get(other?.type === 'alias' ? other.target : name);
  }

  /** The transmission queue to another queue manager: a queue that has its name. Undefined for this one. */
  transmissionQueue(queueManager: string): Queue | 'unknown' | undefined {
    if (['', this.options.name].includes(queueManager)) return undefined;
    return this.queues.get(queueManager) ?? 'unknown';
  }

  /** Makes a queue, an alias or a model, or changes what is there. */
  define(name: string, definition: Definition): void {
    this.log.append({ kind: 'define', name, definition });
    this.#define(name, definition);
    const queue = this.queues.get(name);
    if (queue?.attributes.getInhibited) queue.endWaits(failed(MQC.MQRC_GET_INHIBITED));
  }

  remove(name: string): void {
    this.log.append({ kind: 'remove', name });
    this.#remove(name);
  }

  /** Adds a queue that no crash survives, for the handle that has asked for one. */
  addTemporary(queue: Queue): void {
    this.queues.set(queue.name, queue);
  }

  /** What an end and a start of the queue manager leave. */
  dropWhatIsNotPersistent(): void {
    for (const queue of this.queues.values()) {
      for (const message of queue.available.filter((each) => !isPersistent(each))) queue.remove(message);
    }
  }

  /** Ends and forgets a queue; messages on their way to it are lost with it. */
  #remove(name: string): void {
    const queue = this.queues.get(name);
    this.queues.delete(name);
    this.names.delete(name);
    if (queue === undefined) return;
    queue.isDeleted = true;
    queue.endWaits(failed(MQC.MQRC_Q_DELETED));
  }

  #define(name: string, definition: Definition): void {
    const { type, ...given } = definition;
    if (type !== 'local') {
      this.names.set(name, definition);
      return;
    }
    const queue = this.queues.get(name);
    if (queue) queue.attributes = { ...queue.attributes, ...given };
    else this.queues.set(name, new Queue(name, withDefaults(given)));
  }

  #redo(entry: Entry, messages: Map<number, Message>): void {
    switch (entry.kind) {
      case 'define':
        this.#define(entry.name, entry.definition);
        return;
      case 'remove':
        this.#remove(entry.name);
        return;
      case 'unit':
        for (const message of entry.put) this.#redoPut(message, messages);
        for (const message of namedBy(entry.got, messages)) this.queues.get(message.queue)?.remove(message);
        return;
      case 'backout':
        for (const { descriptor } of namedBy(entry.got, messages)) descriptor.BackoutCount += 1;
    }
  }

  #redoPut(message: Message, messages: Map<number, Message>): void {
    this.#lastOrder = Math.max(this.#lastOrder, message.order);
    messages.set(message.order, message);
    this.queues.get(message.queue)?.add(message);
  }

  *#snapshot(): Generator<Entry> {
    for (const [name, definition] of this.names) yield { kind: 'define', name, definition };
    for (const { name, attributes } of this.queues.values()) yield { kind: 'define', name, definition: { type: 'local', ...attributes } };
    for (const { available } of this.queues.values()) yield { kind: 'unit', put: available.filter(isPersistent), got: [] };
  }
}

function namedBy(orders: readonly number[], messages: ReadonlyMap<number, Message>): readonly Message[] {
  return orders.flatMap((order) => messages.get(order) ?? []);
}

export function isEmpty(unit: Unit | undefined): boolean {
  return unit === undefined || unit.got.length + unit.put.length === 0;
}
