import type { DataOf, EventDefinition, Leg, ReplyOf, Report } from '@waybill/contract';
import type { ApplicationSpec, RequestEventOptions } from '@waybill/contract/application';
import type { Deadlines, Registry, Taking } from '@waybill/plugin-host/kernel';
import type { Pauses } from '../desk/pauses.ts';
import type { Origin, Router } from '../outbound/routing.ts';
import type { LedgerServices } from '../outbound/sent-ledger.ts';

/** What every inbound entry of a kernel shares, and what the packs of its own messages do. */
export interface InboundServices extends LedgerServices {
  readonly registry: Registry;
  readonly taking: Taking;
  readonly router: Router;
  readonly application: Pick<ApplicationSpec, 'authenticate' | 'keyOf'>;
  readonly deadlines: Deadlines;
  readonly pauses: Pauses;
  /** Tells the outbox that these legs are durable now. */
  readonly wake: (legs: readonly Leg[]) => void;
  readonly ask: <Event extends EventDefinition>(
    event: Event,
    data: DataOf<Event>,
    options: RequestEventOptions,
    origin: Origin,
  ) => Promise<ReplyOf<Event>>;
  /** Records news about a message that was sent earlier. */
  readonly report: (report: Report) => Promise<void>;
  /** Whether all these destinations are away at the moment. */
  readonly areAway: (destinations: readonly string[]) => boolean;
  /** Aborts when draining has taken too long: what still runs is given up. */
  readonly abort: AbortSignal;
}
