import type { Mutant } from './mutant.ts';

const source = 'plugins/transport-email/src/reports/';
const test = 'plugins/transport-email/test/reports/';
const reports = [`${test}shapes.test.ts`, `${test}words.test.ts`];
const people = [`${test}people.test.ts`];
const hardness = [`${test}hardness.test.ts`];
const about = [`${test}reports-of.test.ts`];

export const emailReportsMutants: readonly Mutant[] = [
  {
    name: 'one-verdict-for-all',
    promise: 'A report without empty lines between recipients speaks of each.',
    file: `${source}delivery-status.ts`,
    from: 'if (seen.has(field.name)) {',
    to: 'if (seen.size < 0) {',
    tests: reports,
  },
  {
    name: 'delay-is-a-bounce',
    promise: 'A delay decides nothing.',
    file: `${source}delivery-status.ts`,
    from: "if (action === 'delayed') return 'delayed';",
    to: '',
    tests: reports,
  },
  {
    name: 'xtext-kept',
    promise: 'The recipient is named as we wrote to it.',
    file: `${source}parts/typed-address.ts`,
    from: 'return isRaw || !isLikely(decoded) ? raw : decoded;',
    to: 'return raw;',
    tests: reports,
  },
  {
    name: 'xtext-undone-twice',
    promise: 'An address with a plus and digits is not taken for xtext where the report shows that it is none.',
    file: `${source}parts/typed-address.ts`,
    from: 'return isRaw || !isLikely(decoded) ? raw : decoded;',
    to: 'return !isLikely(decoded) ? raw : decoded;',
    tests: reports,
  },
  {
    name: 'letter-with-report-parts',
    promise: 'The parts of a bounce in a letter make no bounce of it.',
    file: `${source}classify.ts`,
    from: 'if (!isSentAsReport(mail)) return undefined;',
    to: '',
    tests: people,
  },
  {
    name: 'forwarded-bounce',
    promise: 'A person who hands on a bounce is no machine.',
    file: `${source}informal.ts`,
    from: 'tellsReason(each) && wentTo(returned, each)',
    to: 'tellsReason(each)',
    tests: people,
  },
  {
    name: 'document-of-a-machine',
    promise: 'An order that a system sends as its answer is a message.',
    file: `${source}automatic-answer.ts`,
    from: '|| documentsIn(mail, false).some(isBusiness)',
    to: '',
    tests: people,
  },
  {
    name: 'later-is-never',
    promise: 'A basic code of 4xx is never hard.',
    file: `${source}parts/hardness.ts`,
    from: "if (basic?.startsWith('4') || code.startsWith('4')) return false;",
    to: '',
    tests: hardness,
  },
  {
    name: 'policy-is-hard',
    promise: 'What is said of mails and senders says nothing about the address.',
    file: `${source}parts/hardness.ts`,
    from: 'return !softWords.test(spoken) && hardWords.test(spoken);',
    to: 'return hardWords.test(spoken);',
    tests: hardness,
  },
  {
    name: 'status-before-diagnostic',
    promise: 'The code of the diagnostic is asked before the status.',
    file: `${source}parts/hardness.ts`,
    from: 'const best = enhanced ?? status ?? basic;',
    to: 'const best = status ?? enhanced ?? basic;',
    tests: hardness,
  },
  {
    name: 'look-alike-reference',
    promise: 'Words that only look like a reference go behind those with our domain.',
    file: `${source}reports-of.ts`,
    from: 'domain === undefined || domains.includes(domain)',
    to: 'domain === undefined || domains.length > 0',
    tests: about,
  },
  {
    name: 'message-id-before-bounce-address',
    promise: 'The bounce address goes before the Message-ID.',
    file: `${source}reports-of.ts`,
    from: '[bounceAddress, ...messageIds].map',
    to: '[...messageIds, bounceAddress].map',
    tests: about,
  },
  {
    name: 'one-id-for-all-recipients',
    promise: 'The report of each recipient has an id of its own.',
    file: `${source}reports-of.ts`,
    from: '`${identity}\\n${recipient}\\n${kind}`',
    to: '`${identity}\\n${kind}`',
    tests: about,
  },
];
