import type { Mutant } from './mutant.ts';

const source = 'packages/procurement/src/';
const test = 'packages/procurement/test/';
const starting = [`${test}service/start-address.test.ts`];
const inBrowsers = [`${test}service/sessions-in-browsers.test.ts`];
const returning = [`${test}service/returning.test.ts`];
const atPage = [`${test}service/return-page.test.ts`];
const file = [`${test}sessions/sqlite-sessions.test.ts`];

export const punchoutMutants: readonly Mutant[] = [
  {
    name: 'start-again',
    promise: 'A start address opens its session once.',
    file: `${source}sessions/statements.ts`,
    from: "WHERE start = ? AND state = 'waiting' AND until > ? RETURNING facts",
    to: "WHERE start = ? AND state <> 'returned' AND until > ? RETURNING facts",
    tests: file,
  },
  {
    name: 'prefetch-starts',
    promise: 'A browser that fetches ahead uses no start address up.',
    file: `${source}service/starting.ts`,
    from: 'if (isLookingAhead(request)) return sendNothing(response, 503);',
    to: '',
    tests: starting,
  },
  {
    name: 'scanner-starts',
    promise: 'Where a click is asked for, opening the start address uses nothing up.',
    file: `${source}service/starting.ts`,
    from: "buyer?.startPage === 'button'",
    to: "buyer?.startPage !== 'button'",
    tests: starting,
  },
  {
    name: 'key-in-log',
    promise: 'A start address stands in no log.',
    file: `${source}service/http/addresses.ts`,
    from: "return address.replaceAll(/\\/(start|s)\\/[\\w-]{43}/g, '/$1/…');",
    to: 'return address;',
    tests: starting,
  },
  {
    name: 'cookie-of-all',
    promise: 'A session that begins takes the cookie of no other session away.',
    file: `${source}sessions/keys.ts`,
    from: '.update(`cookie ${key}`)',
    to: ".update('cookie')",
    tests: inBrowsers,
  },
  {
    name: 'unbound',
    promise: 'A link of a session opens nothing in another browser.',
    file: `${source}service/session-pages.ts`,
    from: 'if (!bound) await sessions.bind(session.id);',
    to: '',
    tests: inBrowsers,
  },
  {
    name: 'any-form',
    promise: 'A form ends a session only with the token of the session.',
    file: `${source}service/open-session.ts`,
    from: "typeof given === 'string' && isSame(given, right)",
    to: "typeof given === 'string'",
    tests: inBrowsers,
  },
  {
    name: 'framed-by-all',
    promise: 'The pages of the buyer, and no others, may show the store in a frame.',
    file: `${source}service/http/responses.ts`,
    from: "ancestors.join(' ') || \"'none'\"",
    to: "'*'",
    tests: inBrowsers,
  },
  {
    name: 'kept-pages',
    promise: 'No page of a session is kept by a browser or a proxy.',
    file: `${source}service/http/responses.ts`,
    from: "'cache-control': 'no-store'",
    to: "'cache-control': 'private'",
    tests: [...inBrowsers, ...atPage],
  },
  {
    name: 'form-action',
    promise: 'The policy of the page that brings a cart back lets the form go.',
    file: `${source}service/http/responses.ts`,
    from: "`base-uri 'none'`",
    to: "`base-uri 'none'`, `form-action 'self'`",
    tests: atPage,
  },
  {
    name: 'returned-twice',
    promise: 'What is returned is written once.',
    file: `${source}sessions/statements.ts`,
    from: "WHERE id = ? AND state = 'open' AND until > ? RETURNING buyer",
    to: "WHERE id = ? AND state <> 'waiting' AND until > ? RETURNING buyer",
    tests: file,
  },
  {
    name: 'submits-again',
    promise: 'A page that is loaded again submits nothing by itself.',
    file: `${source}service/session-pages.ts`,
    from: 'look === 1',
    to: 'look > 0',
    tests: returning,
  },
  {
    name: 'empty-by-accident',
    promise: 'An empty cart deletes no lines at the buyer unless somebody says so.',
    file: `${source}service/returning.ts`,
    from: "if (wish === 'return' && cart.lines.length === 0) return { outcome: 'empty' };",
    to: "if (wish === 'return' && cart.lines.length === 0) return await written(workings, session, buyer, 'empty', cart);",
    tests: returning,
  },
  {
    name: 'edit-of-nothing',
    promise: 'An edit of lines that nobody knows is refused.',
    file: `${source}service/set-up.ts`,
    from: 'auxiliaryId === undefined || !known.has(auxiliaryId));',
    to: 'auxiliaryId === undefined);',
    tests: [`${test}service/set-up.test.ts`],
  },
];
