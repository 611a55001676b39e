import type { Mutant } from './mutant.ts';

const source = 'plugins/transport-mq/src/';
const test = 'plugins/transport-mq/test/';
const sending = `${test}sending.test.ts`;
const handles = `${test}on-stand-in/handle.slow.test.ts`;
const units = `${test}on-stand-in/units.slow.test.ts`;

export const mqHostMutants: readonly Mutant[] = [
  {
    name: 'puts-outside-the-unit',
    promise: 'What is put in a unit becomes visible with its commit.',
    file: `${source}host/mqi.ts`,
    from: 'pmo.Options = this.#mq.MQC.MQPMO_SYNCPOINT | options;',
    to: 'pmo.Options = this.#mq.MQC.MQPMO_NO_SYNCPOINT | options;',
    tests: [units],
  },
  {
    name: 'next-kept-after-backout',
    promise: 'What was got behind a commit is given back with a backout, and is not handed over as well.',
    file: `${source}handle/host-handle.ts`,
    from: '  async backout(): Promise<void> {\n    this.#next = undefined;',
    to: '  async backout(): Promise<void> {',
    tests: [handles],
  },
  {
    name: 'next-fails-the-commit',
    promise: 'A commit that has succeeded is told as one, whatever became of getting the next message.',
    file: `${source}host/main.ts`,
    from: '    } catch {\n      return undefined;',
    to: '    } catch (error) {\n      throw error;',
    tests: [handles],
  },
  {
    name: 'host-forgets-code-page',
    promise: 'The descriptor of what is put names its code page.',
    file: `${source}host/descriptors.ts`,
    from: '  md.CodedCharSetId = put.ccsid;\n',
    to: '',
    tests: [units],
  },
  {
    name: 'disconnect-commits',
    promise: 'The end of a connection commits nothing.',
    file: `${source}host/work.ts`,
    from: '    this.#mqi.backout();\n    this.#mqi.disconnect();',
    to: '    this.#mqi.disconnect();',
    tests: [units],
  },
  {
    name: 'got-when-stopped',
    promise: 'A stop burns no backout of what comes.',
    file: `${source}host/work.ts`,
    from: 'if (this.#mayBrowse && !correlId) {',
    to: 'if (this.#mayBrowse && !from) {',
    tests: [units],
  },
  {
    name: 'copy-of-its-own-origin',
    promise: 'A copy tells who put the message, and when.',
    file: `${source}host/work.ts`,
    from: 'md, bytes, MQC.MQPMO_SET_ALL_CONTEXT),',
    to: 'md, bytes),',
    tests: [units],
  },
  {
    name: 'doubt-called-not-sent',
    promise: 'A connection that dies in a commit leaves a doubt, and says so.',
    file: `${source}handle/error-of.ts`,
    from: "{ outcome: 'unknown', cause: failure });",
    to: '{ cause: failure });',
    tests: [sending],
  },
  {
    name: 'put-called-doubtful',
    promise: 'A process that ends before it commits has surely not sent.',
    file: `${source}handle/host-handle.ts`,
    from: "this.#isCommitting ? 'commit' : 'host'",
    to: "'commit'",
    tests: [units],
  },
  {
    name: 'commit-not-announced',
    promise: 'A process that ends while it commits leaves a doubt.',
    file: `${source}host/work.ts`,
    from: '    begins();\n',
    to: '',
    tests: [units],
  },
  {
    name: 'reports-not-asked-for',
    promise: 'A queue manager is asked to tell what becomes of a message.',
    file: `${source}host/descriptors.ts`,
    from: 'flags | reportFlags(mq)[report], 0);',
    to: 'flags, 0);',
    tests: [units],
  },
];
