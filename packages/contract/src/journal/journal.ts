import type { Static, TObject } from 'typebox';
import type { OpenContext } from '../open-context.ts';
import { type Branded, branded } from '../plugin.ts';
import type { Control } from './control.ts';
import type { Desk } from './desk.ts';
import type { CheckedJournal, SalvagedJournal, SalvageOptions } from './examination.ts';
import type { Inbox } from './inbox.ts';
import type { EntryLease } from './lease.ts';
import type { Outbox } from './outbox.ts';
import type { Replays } from './replays.ts';

/**
 * The durable record of every message. Each call is one atomic step: when its promise resolves, the step survives a
 * crash of the process and of the machine (calls may share a commit); when it throws, nothing of it happened, or the
 * outcome is unknown and the call may be repeated. Every writing call is idempotent for that reason. An error of the kind
 * `unavailable` blames the journal: a running kernel repeats the step until it succeeds and takes nothing new meanwhile, even where
 * time alone does not help (`retryable: false`). One of another kind blames the call alone.
 *
 * Whoever opens a journal is one owner of claims and leases. An owner whose process has ended, or whose beat has stood still
 * for three seconds, loses them: others get what it had claimed, and its own steps are answered `not-yours`. Several
 * processes may have the journal open.
 *
 * Order: of the rows of one direction and entry that share an order key, the oldest unfinished one is the head, and only heads
 * are handed out. A parked row stays the head of its key where it blocks, else the next row becomes the head. Replay makes it due again in its
 * old place. "Older" means recorded earlier. What becomes a head is due at once, or when its own time comes.
 */
export interface Journal {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly desk: Desk;
  readonly replays: Replays;
  readonly control: Control;
  /** True when an owner ended without closing, and nobody has opened the journal since: nobody knows what it had in hand. */
  readonly followsCrash: boolean;
  /** Takes the right to receive an inbound entry alone; undefined while another owner has it. When this owner takes it again, its earlier lease is lost. */
  lease(entry: string): Promise<EntryLease | undefined>;
  /**
   * Calls `wake` within a second when another process put work there, paused or resumed an entry, or when the claims of an owner
   * that ended came free; possibly more often. Returns the function that ends it.
   */
  watch(wake: () => void): () => void;
  /**
   * Completes the calls that were made, releases leases and claims (uncounted), and closes the journal. A leg that was to be sent at once becomes failed.
   * Every later call throws; closing again does nothing.
   */
  close(): Promise<void>;
}

/** A journal as people have it open who look after messages. */
export type JournalDesk = Pick<Journal, 'desk' | 'replays' | 'control' | 'close'>;

export interface JournalSpec<Config extends TObject = TObject> {
  /** The word for it in a manifest: `"journal": { "use": "sqlite" }`. */
  readonly name: string;
  readonly summary: string;
  /** Its settings stand in the manifest's `journal` block beside `use` and `keep`. */
  readonly settings: Config;
  /** Called once. Resolves when the journal can be used; older forms of its data have been migrated then. */
  open(config: Static<Config>, context: OpenContext): Promise<Journal>;
  /**
   * Sees whether the journal could be opened, behind `waybill check --connect`, also while others have it open. Changes nothing that
   * is there: no claim is freed, no crash forgotten, nothing migrated. Throws an error that says what is wrong. Without it, the journal is
   * opened and closed.
   */
  probe?(config: Static<Config>, context: OpenContext): Promise<void>;
  /**
   * Opens it for people, beside processes that move messages or while there are none. Makes no journal where there is none, and
   * forgets no crash: the kernel that starts next hears of it in `followsCrash`. Throws an error that says what is wrong. Missing where no
   * other process can open the journal.
   */
  openDesk?(config: Static<Config>, context: OpenContext): Promise<JournalDesk>;
  /**
   * Looks whether everything in it is what was written, behind `waybill journal check`. Changes nothing, and works beside processes that have
   * it open. Throws an error that says why it cannot be read at all. Missing where there is nothing of that kind to be told.
   */
  check?(config: Static<Config>, context: OpenContext): Promise<CheckedJournal>;
  /**
   * Takes all that can be read of a damaged journal over into a new one, behind `waybill journal salvage`. What is not what was written is parked
   * there, or told as lost. The old one is not changed; nobody may have it open. Throws where the new one is there already.
   */
  salvage?(config: Static<Config>, context: OpenContext, options: SalvageOptions): Promise<SalvagedJournal>;
}
export type JournalDefinition<Config extends TObject = TObject> = JournalSpec<Config> & Branded<'journal'>;
// oxlint-disable-next-line typescript/no-explicit-any -- the parameter is checked where a journal is defined; here it is erased.
export type AnyJournal = JournalDefinition<any>;

/** Defines a journal. Default-export the result from the package's main module. */
export function defineJournal<Config extends TObject>(spec: JournalSpec<Config>): JournalDefinition<Config> {
  return branded('journal', spec);
}
