import { describe, expect, it } from 'vitest';
import type { JournalEntry, KnownReport } from '../../src/journal/rows.ts';
import type { RecipientOutcome } from '../../src/message/recipient-outcome.ts';
import { isSameAddress, recipientStates } from '../../src/message/recipient-state.ts';

type News = Partial<KnownReport> & Pick<KnownReport, 'kind'>;

const hard: News = { kind: 'bounced', permanent: true };
const soft: News = { kind: 'bounced', permanent: false };

function entryOf(news: readonly News[], recipients?: readonly RecipientOutcome[], more: Partial<JournalEntry> = {}): JournalEntry {
  const reports = news.map((one, place) => ({ about: 'far-1', id: `r-${place}`, at: place + 1, ...one }));
  const row = {
    seq: 1,
    direction: 'out',
    entry: 'mail',
    id: 'l-1',
    state: 'done',
    trace: 't',
    attempts: 0,
    recordedAt: 0,
    changedAt: 0,
  } as const;
  return { ...row, businessKeys: {}, failures: [], recipients, reports, ...more };
}

const sentTo = (...addresses: readonly string[]): readonly RecipientOutcome[] => addresses.map((address) => ({ address, outcome: 'sent' }));

/** The stage of the only recipient after these reports. */
function stageAfter(...news: readonly News[]): string {
  const [state] = recipientStates(entryOf(news, sentTo('anna@example.com')));
  return `${state?.stage}${state?.permanent === undefined ? '' : state.permanent ? ' hard' : ' soft'}`;
}

describe('what is known of a recipient', () => {
  it.each([
    ['sent', []],
    ['delivered', [{ kind: 'delivered' }]],
    ['delayed', [{ kind: 'delayed' }]],
    ['expired', [{ kind: 'delayed' }, { kind: 'expired' }]],
    ['bounced hard', [hard]],
    ['bounced soft', [soft]],
    ['bounced soft', [{ kind: 'bounced' }]],
    ['delivered', [{ kind: 'delayed' }, { kind: 'delivered' }]],
    ['delivered', [{ kind: 'delivered' }, { kind: 'delayed' }]],
    ['delivered', [{ kind: 'delivered' }, { kind: 'expired' }]],
    ['bounced hard', [hard, { kind: 'delayed' }]],
    ['bounced soft', [soft, { kind: 'delayed' }]],
    ['expired', [{ kind: 'expired' }, { kind: 'delayed' }]],
    ['bounced hard', [{ kind: 'delivered' }, hard]],
    ['bounced soft', [{ kind: 'delivered' }, soft]],
    ['bounced hard', [soft, hard]],
    ['bounced hard', [hard, soft]],
    ['bounced hard', [hard, { kind: 'delivered' }]],
    ['bounced hard', [hard, { kind: 'expired' }]],
    ['delivered', [soft, { kind: 'delivered' }]],
    ['sent', [{ kind: 'read' }, { kind: 'complaint' }, { kind: 'auto-reply' }]],
  ] as const)('is %s after %j', (stage, news) => {
    expect(stageAfter(...news)).toBe(stage);
  });

  it('holds what was reported besides, whatever the stage, and when and in what words it came about', () => {
    const news = [
      { kind: 'read' },
      { kind: 'delivered', detail: 'on a disk' },
      { kind: 'read' },
      { ...hard, detail: '5.1.1' },
      { kind: 'complaint' },
    ] as const;
    expect(recipientStates(entryOf(news, sentTo('anna@example.com')))).toEqual([
      { address: 'anna@example.com', stage: 'bounced', permanent: true, also: ['read', 'complaint'], detail: '5.1.1', since: 4 },
    ]);
  });

  it('is what became of sending where nothing was reported', () => {
    const outcomes = (['sent', 'refused', 'later', 'unknown'] as const).map((outcome) => ({
      address: `${outcome}@example.com`,
      outcome,
      detail: 'said',
    }));
    const states = recipientStates(entryOf([], outcomes));
    expect(states).toEqual(outcomes.map(({ address, outcome, detail }) => ({ address, stage: outcome, detail, also: [] })));
  });

  it('is not delayed where the far side has refused it, and delivered where it has arrived all the same', () => {
    const refused = [{ address: 'anna@example.com', outcome: 'refused' }] as const;
    expect(recipientStates(entryOf([{ kind: 'delayed' }], refused))[0]?.stage).toBe('refused');
    expect(recipientStates(entryOf([{ kind: 'delivered' }], refused))[0]?.stage).toBe('delivered');
  });
});

describe('of several recipients', () => {
  const both = sentTo('anna@example.com', 'Bert@example.com');
  const stages = (...news: readonly News[]) => recipientStates(entryOf(news, both)).map(({ stage }) => stage);

  it('the one that is named changes, whatever the case of its domain', () => {
    expect(stages({ ...hard, recipient: 'anna@EXAMPLE.com' })).toEqual(['bounced', 'sent']);
    expect(stages({ ...hard, recipient: 'bert@example.com' })).toEqual(['sent', 'sent']);
    expect(stages({ ...hard, recipient: ' Bert@Example.Com ' })).toEqual(['sent', 'bounced']);
  });

  it('none changes where nobody is named, or somebody else', () => {
    expect(stages(hard, { ...hard, recipient: 'stranger@example.com' })).toEqual(['sent', 'sent']);
  });
});

describe('the only recipient', () => {
  it('is meant where nobody is named, and not where somebody else is', () => {
    const stage = (news: News) => recipientStates(entryOf([news], sentTo('anna@example.com')))[0]?.stage;
    expect([stage(hard), stage({ ...hard, recipient: 'stranger@example.com' })]).toEqual(['bounced', 'sent']);
  });

  it('that no receipt has named is whoever is named', () => {
    expect(recipientStates(entryOf([{ ...hard, recipient: 'anna@example.com' }]))).toEqual([
      { stage: 'bounced', permanent: true, also: [], since: 1 },
    ]);
    expect(recipientStates(entryOf([]))).toEqual([{ stage: 'sent', also: [] }]);
    expect(recipientStates(entryOf([{ kind: 'complaint' }], undefined, { state: 'parked' }))).toEqual([
      { stage: 'unknown', also: ['complaint'] },
    ]);
  });

  it('is not known while nothing is known of the message, nor of one that came', () => {
    expect(recipientStates(entryOf([], undefined, { state: 'waiting' }))).toEqual([]);
    expect(recipientStates(entryOf([], sentTo('anna@example.com'), { direction: 'in' }))).toEqual([]);
  });
});

describe('two addresses', () => {
  it.each([
    ['anna@example.com', 'anna@Example.COM', true],
    ['anna@example.com', 'Anna@example.com', false],
    ['"a@b"@example.com', '"a@b"@EXAMPLE.com', true],
    ['"A@b"@example.com', '"a@b"@example.com', false],
    ['QUEUE.A', 'queue.a', false],
  ])('%s and %s are of one recipient: %s', (one, other, isSame) => {
    expect(isSameAddress(one, other)).toBe(isSame);
  });
});
