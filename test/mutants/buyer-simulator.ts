import type { Mutant } from './mutant.ts';

const source = 'packages/buyer-simulator/src/';
const test = 'packages/buyer-simulator/test/';
const atCarts = [`${test}carts.test.ts`];

export const buyerSimulatorMutants: readonly Mutant[] = [
  {
    name: 'no-change-deletes',
    promise: 'A session that ends without a change leaves the lines of the buyer as they were.',
    file: `${source}requisitions/take-cart.ts`,
    from: 'cart.status === 204',
    to: 'cart.status === 205',
    tests: atCarts,
  },
  {
    name: 'cart-taken-twice',
    promise: 'A cart that comes twice is shown as such, and not taken again.',
    file: `${source}requisitions/take-cart.ts`,
    from: "if (session.isBack) return keep('again'",
    to: "if (session.isBack && cart.lines.length === 0) return keep('again'",
    tests: atCarts,
  },
  {
    name: 'session-always-there',
    promise: 'A cart that comes without the session cookie of the buyer is shown as such.',
    file: `${source}server/session-cookie.ts`,
    from: 'return (header ??',
    to: 'return header === undefined || (header ??',
    tests: atCarts,
  },
  {
    name: 'secret-shown',
    promise: 'No page and no list of documents shows a secret.',
    file: `${source}exchanges/correspondence.ts`,
    from: 'request: { contentType, text: concealed(text) }',
    to: 'request: { contentType, text }',
    tests: [`${test}profiles.test.ts`],
  },
  {
    name: 'any-name-reads',
    promise: 'Another site cannot read what is bought by a name of its own that points here.',
    file: `${source}server/admission.ts`,
    from: '!names.includes(name)',
    to: 'false',
    tests: [`${test}pages.test.ts`],
  },
];
