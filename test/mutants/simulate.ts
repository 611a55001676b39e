import type { Mutant } from './mutant.ts';

const source = 'packages/cli/src/simulate/';
const test = 'packages/cli/test/simulate/';

export const simulateMutants: readonly Mutant[] = [
  {
    name: 'answers-elsewhere',
    promise: 'An address that is not one of this machine is not listened at.',
    file: 'plugins/transport-http/src/counterpart.ts',
    from: 'return /^127\\.\\d+\\.\\d+\\.\\d+$/.test(hostname) ? hostname : undefined;',
    to: 'return hostname;',
    tests: ['plugins/transport-http/test/counterpart.test.ts'],
  },
  {
    name: 'one-place-taken-twice',
    promise: 'Several outbound entries that send to one place have one far side.',
    file: `${source}far-sides/far-manifest.ts`,
    from: 'if (far && !places.has(place))',
    to: 'if (far)',
    tests: [`${test}far-manifest.test.ts`],
  },
  {
    name: 'values-are-placeholders',
    promise: 'What looks like a placeholder in a value is text.',
    file: `${source}far-sides/far-manifest.ts`,
    from: "value.replaceAll('${', () => '$${')",
    to: 'value',
    tests: [`${test}far-manifest.test.ts`],
  },
  {
    name: 'nobody-waits-for-replies',
    promise: 'A message that has a reply waits for it where the transport brings it back.',
    file: `${source}far-sides/far-manifest.ts`,
    from: 'const asks = brings && one.type.reply !== undefined;',
    to: 'const asks = false;',
    tests: [`${test}far-manifest.test.ts`],
  },
  {
    name: 'an-order-that-nobody-named',
    promise: 'An answer does not speak of what the request could have named and did not.',
    file: `${source}playing/merging.ts`,
    from: "(leftOut === 'unsaid' && question !== undefined)",
    to: 'false',
    tests: [`${test}answering.test.ts`],
  },
  {
    name: 'one-item-for-all',
    promise: 'A list of the answer has an item for each of the request.',
    file: `${source}playing/merging.ts`,
    from: 'return request.map((one, index) =>',
    to: 'return request.slice(0, 1).map((one, index) =>',
    tests: [`${test}answering.test.ts`],
  },
  {
    name: 'an-answer-that-cannot-be-written',
    promise: 'What is answered can be written.',
    file: `${source}playing/answering.ts`,
    from: 'return all.find((said) => canSay(pack, type, said)) ?? sample;',
    to: 'return all[0];',
    tests: [`${test}answering.test.ts`],
  },
  {
    name: 'no-delay',
    promise: 'An answer, and each step of an order, waits for its delay.',
    file: `${source}playing/player.ts`,
    from: 'if (length > 0) await',
    to: 'if (length < 0) await',
    tests: [`${test}counterpart.slow.test.ts`],
  },
  {
    name: 'refused-orders-are-shipped',
    promise: 'Nothing follows an order that is refused.',
    file: `${source}playing/player.ts`,
    from: 'if (isRefused) throw refused(messageType);\n',
    to: '',
    tests: [`${test}counterpart.slow.test.ts`],
  },
  {
    name: 'chance-without-seed',
    promise: 'The same seed refuses the same messages.',
    file: `${source}playing/chance.ts`,
    from: "this.#words = words.join('\\n');",
    to: 'this.#words = String(Math.random() + words.length);',
    tests: [`${test}counterpart.slow.test.ts`],
  },
];
