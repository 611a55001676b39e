import type { Property } from './properties/property.ts';
import type { Message, Place } from './queues/message.ts';
import type { Opening, Queue, Waiter } from './queues/queue.ts';
import type { Layouts } from './wire/layouts.ts';

/** An object that a connection has open: a queue, or the queue manager itself. */
export interface OpenObject extends Opening {
  readonly handle: number;
  /** As the program asked for it: of an alias, the name of the alias. */
  readonly name: string;
  readonly isAlias: boolean;
  readonly queue?: Queue | undefined;
  /** What it really is, when the queue is a transmission queue. */
  readonly remote?: Place | undefined;
  /** This handle made the queue from a model, and a temporary one goes with it. */
  readonly made?: 'temporary' | 'permanent' | undefined;
  /** The message that was browsed last. */
  cursor?: Message | undefined;
}

/** What was got and put under syncpoint since the last commit or backout. */
export interface Unit {
  readonly got: Message[];
  readonly put: Message[];
}

/** Who connects, as the library says. */
export interface Client {
  readonly pid: number;
  readonly applName: string;
  readonly user: string;
  readonly isClient: boolean;
  readonly host: string;
  readonly channel: string;
  readonly maxMsgLength: number;
  readonly layouts: Layouts;
}

/** One connection of a program. It ends with its socket, however that comes about. */
export class Connection {
  readonly id: number;
  /** Ends it from this side: the program gets 2009. */
  readonly cut: () => void;
  /** Undefined until MQCONNX has been answered. */
  client: Client | undefined;
  readonly objects = new Map<number, OpenObject>();
  readonly messageHandles = new Map<bigint, Map<string, Property>>();
  unit: Unit | undefined;
  waiting: { readonly queue: Queue; readonly waiter: Waiter } | undefined;
  /** Its socket is closed, and what it had is given back: nothing may be done for it any more. */
  hasEnded = false;
  /** The queue manager was ended below it; the next call is told so. */
  isStopping = false;
  #lastHandle = 0;

  constructor(id: number, cut: () => void) {
    this.id = id;
    this.cut = cut;
  }

  nextHandle(): number {
    this.#lastHandle += 1;
    return this.#lastHandle;
  }
}

/** Who the connection belongs to. No call gets this far without MQCONNX. */
export function clientOf({ client }: Connection): Client {
  if (client === undefined) throw new Error('The connection has not said who it is.');
  return client;
}
