import type { Mutant } from './mutant.ts';

const folder = 'plugins/transport-mq/test/stand-in/';
const source = `${folder}daemon/`;
const check = (name: string) => [`${folder}checks/${name}.long.test.ts`];

/** What the tests of the transport for IBM MQ rely on. */
export const mqStandInMutants: readonly Mutant[] = [
  {
    name: 'disc-drops-the-unit',
    promise: 'MQDISC commits, so that a transport that forgets to back out is noticed.',
    file: `${source}verbs/connecting.ts`,
    from: "  commit(qm, connection, 'disc');",
    to: '',
    tests: check('units'),
  },
  {
    name: 'death-commits',
    promise: 'The end of a process backs out.',
    file: `${source}verbs/calls.ts`,
    from: "backOut(qm, connection, 'lost')",
    to: "commit(qm, connection, 'lost')",
    tests: check('units'),
  },
  {
    name: 'backouts-not-counted',
    promise: 'Each backout of a message counts.',
    file: `${source}units/unit.ts`,
    from: 'for (const message of unit.got) message.descriptor.BackoutCount += 1;',
    to: '',
    tests: check('units'),
  },
  {
    name: 'torn-entry-read',
    promise: 'What a crash has torn was not done.',
    file: `${source}units/log.ts`,
    from: 'if (end > bytes.length) return;',
    to: '',
    tests: check('crashes'),
  },
  {
    name: 'unit-in-pieces',
    promise: 'A unit of work is in the log as a whole or not at all.',
    file: `${source}units/unit.ts`,
    from: "qm.log.append({ kind: 'unit', put, got });",
    to: "for (const part of [{ put, got: [] }, { put: [], got }]) qm.log.append({ kind: 'unit', ...part });",
    tests: [...check('crashes'), ...check('killed')],
  },
  {
    name: 'answered-before-written',
    promise: 'A commit is on disk before anybody hears of it.',
    file: `${source}units/unit.ts`,
    from: "qm.log.append({ kind: 'unit', put, got });",
    to: "setTimeout(() => qm.log.append({ kind: 'unit', put, got }), 2);",
    tests: check('killed'),
  },
  {
    name: 'waits-not-ended',
    promise: 'A waiting get ends when a message comes.',
    file: `${source}units/unit.ts`,
    from: 'for (const queue of queues) queue.wake();',
    to: '',
    tests: check('getting'),
  },
  {
    name: 'shared-with-one-alone',
    promise: 'Who has a queue alone has it alone.',
    file: `${source}verbs/objects.ts`,
    from: 'if (isTaken) throw',
    to: 'if (false) throw',
    tests: check('opening'),
  },
  {
    name: 'backed-out-in-words-only',
    promise: 'A commit that answers 2003 has backed out.',
    file: `${source}wire/programs.ts`,
    from: "if (act.reason === MQC.MQRC_BACKED_OUT) backOut(qm, connection, 'backout');",
    to: '',
    tests: check('faults'),
  },
];
