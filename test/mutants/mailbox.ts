import type { Mutant } from './mutant.ts';

const source = 'plugins/transport-email/src/receiving/';
const test = 'plugins/transport-email/test/receiving/';
const listening = [`${test}listening.slow.test.ts`];
const settling = [`${test}settling.slow.test.ts`];
const hostile = [`${test}hostile.test.ts`];

export const mailboxMutants: readonly Mutant[] = [
  {
    name: 'known-by-message-id',
    promise: 'Two deliveries of one mail are two messages.',
    file: `${source}incoming-mail.ts`,
    from: "'mail'}/${digest}`",
    to: 'digest}`',
    tests: listening,
  },
  {
    name: 'expunges-all',
    promise: 'What others have marked as deleted stays.',
    file: `${source}mailbox.ts`,
    from: "if (!this.#can('UIDPLUS')) return",
    to: 'if (uids.length === 0) return',
    tests: settling,
  },
  {
    name: 'deleted-is-new',
    promise: 'A mail that is marked as deleted is no new mail.',
    file: `${source}flags.ts`,
    from: '    deleted: false,\n',
    to: '',
    tests: settling,
  },
  {
    name: 'second-keyword-forgotten',
    promise: 'What could not be worked on is marked for good, too.',
    file: `${source}flags.ts`,
    from: '...(second === undefined ? {} : { not: { keyword: second } }),',
    to: '',
    tests: settling,
  },
  {
    name: 'last-mail-again',
    promise: 'A range behind the last mail holds no mail.',
    file: `${source}mailbox.ts`,
    from: 'found.filter((uid) => uid >= from)',
    to: 'found',
    tests: hostile,
  },
  {
    name: 'nothing-is-empty',
    promise: 'A mail without its content is no empty mail.',
    file: `${source}mailbox.ts`,
    from: 'source.subarray(0, most) : undefined',
    to: 'source.subarray(0, most) : new Uint8Array(0)',
    tests: hostile,
  },
  {
    name: 'refusal-unnoticed',
    promise: 'A mail that the server does not mark comes again.',
    file: `${source}settling.ts`,
    from: 'if (!isDone) throw',
    to: 'if (isDone === undefined) throw',
    tests: [...settling, ...hostile],
  },
  {
    name: 'done-parts-again',
    promise: 'What of a mail was done with is not handed over again.',
    file: `${source}mail-run.ts`,
    from: 'if (outcomes.has(part)) continue;',
    to: '',
    tests: listening,
  },
  {
    name: 'forged-sender-taken',
    promise: 'With a trusted server only genuine senders may send.',
    file: `${source}incoming-mail.ts`,
    from: 'trust ? [principal?.name] : senders.length === 1',
    to: 'senders.length === 1',
    tests: listening,
  },
  {
    name: 'unrecorded-report-settled',
    promise: 'A report comes again until it is recorded.',
    file: `${source}mail-run.ts`,
    from: "'a report could not be recorded; its mail comes again');\n        return 'given back';",
    to: "'a report could not be recorded; its mail comes again');\n        return 'accepted';",
    tests: [`${test}suite.long.test.ts`],
  },
  {
    name: 'in-hand-is-new',
    promise: 'A mail in hand is not handed over again.',
    file: `${source}email-listener.ts`,
    from: 'found.filter((uid) => !run.has(mailbox, uid))',
    to: 'found',
    tests: listening,
  },
  {
    name: 'large-mail-fetched',
    promise: 'Of a mail that is too large only the beginning is fetched, and its headers are kept.',
    file: `${source}fetching.ts`,
    from: 'const head = headOf(bytes.subarray(0, beginning));',
    to: 'const head = bytes;',
    tests: listening,
  },
  {
    name: 'asleep-while-busy',
    promise: 'A session stays open while all places are taken for long.',
    file: `${source}email-listener.ts`,
    from: 'await mailbox.meanwhile(run.place());',
    to: 'await run.place();',
    tests: [`${test}awake.long.test.ts`],
  },
];
