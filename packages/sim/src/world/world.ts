import type { Message } from '@waybill/contract';
import type { Memory, MemoryJournalFile } from '@waybill/testing';
import type { Faults } from '../chance/faults.ts';
import type { Random } from '../chance/random.ts';
import type { Scenario, TransportName } from '../chance/scenario.ts';
import type { Actor } from '../oracle/bench.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { VirtualTime } from '../time/virtual-time.ts';
import type { Plant, PlantTools } from './plant.ts';

/** A sender that a process has open. */
export interface OpenSender {
  readonly process: Actor & { readonly isStopping: boolean };
  readonly entry: string;
  /** Hands over a reply whose request is over. */
  readonly late: (reply: Message) => void;
}

/** What outlives every process: time, the far sides, the journal's data, and those who watch. */
export interface World {
  readonly scenario: Scenario;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly faults: Faults;
  readonly oracle: Oracle;
  readonly plant: Plant;
  readonly tools: PlantTools;
  readonly journal: MemoryJournalFile;
  readonly far: Readonly<Record<TransportName | 'outside', Memory>>;
  /** Those that are open. */
  readonly senders: Set<OpenSender>;
  /** Who has asked, by the id of the question. */
  readonly askers: Map<string, OpenSender>;
  /** A line of the story; the same in every run of a seed. */
  readonly tell: (text: string) => void;
  /** The journal takes no writing step until this time. */
  fullUntil: number;
}

export const repliesTo = (entry: string): string => `replies-${entry}`;

export const queueOf = (entry: string): string => `queue-${entry}`;

/** The queues behind an outbound entry; a split one has two. */
export const recipientsOf = ({ name, isSplit }: { readonly name: string; readonly isSplit: boolean }): readonly string[] =>
  isSplit ? [`${name}-a`, `${name}-b`] : [`${name}-a`];
