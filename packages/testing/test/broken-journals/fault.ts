import type { ClaimRequest, Control, Desk, Inbox, InboxEnding, Journal, Message, Outbox, Replays } from '@waybill/contract';
import type { JournalSubject } from '../../src/journal/subject.ts';
import { type MemoryJournal, MemoryJournalFile } from '../../src/memory/journal/journal.ts';

/** A journal with one fault, and the question that has to find it. */
export interface Fault {
  readonly name: string;
  readonly finds: string;
  readonly open: () => Promise<JournalSubject>;
}

/** What a journal does otherwise than the sound one beneath it. */
export interface Change {
  readonly inbox?: Partial<Inbox>;
  readonly outbox?: Partial<Outbox>;
  readonly desk?: Partial<Desk>;
  readonly replays?: Partial<Replays>;
  readonly control?: Partial<Control>;
  readonly itself?: Partial<Omit<Journal, 'inbox' | 'outbox' | 'desk' | 'replays' | 'control'>>;
  /** What happens instead of a crash, or of a suspension. */
  readonly crash?: () => void;
  readonly suspend?: () => void;
}

export function fault(name: string, finds: string, change: (sound: MemoryJournal) => Change): Fault {
  return { name, finds, open: async () => subjectOf(change) };
}

/** For comparison: nothing is wrong with this one. */
export const control = { name: 'is sound', open: async () => subjectOf(() => ({})) };

function subjectOf(change: (sound: MemoryJournal) => Change): JournalSubject {
  let now = Date.UTC(2026, 0, 1);
  const file = new MemoryJournalFile({ clock: { now: () => now } });
  const opened = new Map<Journal, { readonly sound: MemoryJournal; readonly change: Change }>();
  const open = (): Journal => {
    const sound = file.open();
    const changed = change(sound);
    const journal = Object.assign(changedBy(sound, changed.itself), {
      inbox: changedBy(sound.inbox, changed.inbox),
      outbox: changedBy(sound.outbox, changed.outbox),
      desk: changedBy(sound.desk, changed.desk),
      replays: changedBy(sound.replays, changed.replays),
      control: changedBy(sound.control, changed.control),
    });
    opened.set(journal, { sound, change: changed });
    return journal;
  };
  const act = (what: 'crash' | 'suspend' | 'resume') => async (journal: Journal) => {
    const { sound, change: changed } = opened.get(journal) ?? {};
    const instead = what === 'resume' ? undefined : changed?.[what];
    if (instead) instead();
    else sound?.[what]();
  };
  return {
    journal: open(),
    advance: async (ms) => {
      now += ms;
    },
    reopen: async () => open(),
    crash: act('crash'),
    suspend: act('suspend'),
    resume: act('resume'),
    dispose: async () => undefined,
  };
}

/** The same object with other members. */
function changedBy<Part extends object>(sound: Part, changed: Partial<Part> = {}): Part {
  return new Proxy({} as Part, {
    get(own, member) {
      const given = (own as Record<PropertyKey, unknown>)[member] ?? (changed as Record<PropertyKey, unknown>)[member];
      if (given !== undefined) return given;
      const value = (sound as Record<PropertyKey, unknown>)[member];
      return typeof value === 'function' ? (value.bind(sound) as unknown) : value;
    },
  });
}

type Settle = Inbox['settle'];

/** A journal that understands the endings of inbound messages otherwise. */
export const onEnding =
  (change: (ending: InboxEnding) => InboxEnding) =>
  ({ inbox }: Journal): Change => ({
    inbox: { settle: ((step) => inbox.settle({ ...step, ending: change(step.ending) })) satisfies Settle },
  });

/** A journal that claims otherwise, in both directions. */
export const onClaim =
  (change: (request: ClaimRequest) => ClaimRequest) =>
  ({ inbox, outbox }: Journal): Change => ({
    inbox: { claim: (request) => inbox.claim(change(request)) },
    outbox: { claim: (request) => outbox.claim(change(request)) },
  });

/** A journal that keeps messages otherwise when it stores them. */
export const onMessage =
  (change: (message: Message) => Message) =>
  ({ inbox }: Journal): Change => ({
    inbox: { store: (stored, lease) => inbox.store({ ...stored, message: change(stored.message) }, lease) },
  });
