import type { Broker } from './settings.ts';

/** What may be asked of a kind of broker. The guarantees are the same for all: what is left out here is done in another way. */
export interface Profile {
  /** The symbols that say that an address is a queue and not a topic. */
  readonly queue: readonly string[];
  /** The same of an address that the broker makes up. */
  readonly temporaryQueue: readonly string[];
  /**
   * It has a coordinator of transactions: a reply and the removal of its message become visible together. Without it, the reply
   * goes first, and comes again with its message after a crash between the two.
   */
  readonly hasUnits: boolean;
  /** Messages may have annotations. IBM MQ refuses those that do. */
  readonly takesAnnotations: boolean;
}

const profiles: Readonly<Record<Broker['broker'], Profile>> = {
  artemis: { queue: ['queue'], temporaryQueue: ['temporary-queue'], hasUnits: true, takesAnnotations: true },
  'ibm-mq': { queue: ['queue'], temporaryQueue: ['temporary-queue'], hasUnits: false, takesAnnotations: false },
  generic: { queue: [], temporaryQueue: [], hasUnits: false, takesAnnotations: true },
};

export function profileOf({ broker }: Pick<Broker, 'broker'>): Profile {
  return profiles[broker];
}
