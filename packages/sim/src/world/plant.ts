import type { Journal, Settlement } from '@waybill/contract';
import type { MemoryJournal } from '@waybill/testing';
import type { Random } from '../chance/random.ts';
import type { InboundPlan } from '../chance/scenario.ts';

/** What a planted bug gets to work with. */
export interface PlantTools {
  readonly random: Random;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * A bug that is put into the system on purpose, to see that the oracle finds it. Everything is left out where the system is
 * to be as it is.
 */
export interface Plant {
  /** In place of the journal that a process opens. */
  readonly journal?: (journal: MemoryJournal, tools: PlantTools) => Journal;
  /** In place of `crash`: what becomes of the claims of a process that was killed. */
  readonly crash?: (journal: MemoryJournal) => void;
  /** What the kernel is told of an entry, in place of what the oracle knows. */
  readonly inbound?: (entry: InboundPlan) => InboundPlan;
  /** What the transport makes of a settlement. */
  readonly settlement?: (settlement: Settlement, tools: PlantTools) => Settlement;
  /** Around a send of the transport. */
  readonly send?: <Result>(send: () => Promise<Result>) => Promise<Result>;
  /** The id under which a message is sent. */
  readonly sentAs?: (id: string, tools: PlantTools) => string;
  /** What a handler failed with. */
  readonly failure?: (error: Error) => Error;
}
