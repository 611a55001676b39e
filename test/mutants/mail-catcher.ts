import type { Mutant } from './mutant.ts';

const source = 'packages/mail-catcher/src/';
const test = 'packages/mail-catcher/test/';
const atPage = [`${test}page.slow.test.ts`];
const inBrowser = [`${test}browser.long.test.ts`];

export const mailCatcherMutants: readonly Mutant[] = [
  {
    name: 'quotes-pass',
    promise: 'What is in a mail cannot end an attribute of the page.',
    file: 'packages/markup/src/markup.ts',
    from: `/[&<>"']/g`,
    to: '/[&<>]/g',
    tests: ['packages/markup/test/markup.test.ts'],
  },
  {
    name: 'no-sandbox',
    promise: 'The HTML of a mail has no origin and runs nothing, also where it is opened by itself.',
    file: `${source}page/frame.ts`,
    from: ', `sandbox ${sandbox}`]',
    to: ']',
    tests: atPage,
  },
  {
    name: 'frames-connect',
    promise: 'A mail that is looked at connects to nobody.',
    file: `${source}page/frame.ts`,
    from: "'iframe', 'frame', ",
    to: '',
    tests: inBrowser,
  },
  {
    name: 'origin-unsaid',
    promise: 'The buttons of the page work: the browser says that they are ours.',
    file: `${source}page/answer.ts`,
    from: "'same-origin',\n  'Cross-Origin-Resource",
    to: "'no-referrer',\n  'Cross-Origin-Resource",
    tests: inBrowser,
  },
  {
    name: 'any-name',
    promise: 'Another site cannot read mails by a name of its own that points here.',
    file: `${source}page/admission.ts`,
    from: "name.endsWith('.localhost')",
    to: "name.includes('localhost')",
    tests: atPage,
  },
  {
    name: 'null-origin',
    promise: 'Another site cannot delete mails.',
    file: `${source}page/admission.ts`,
    from: '(origin === undefined ||',
    to: "(origin === undefined || origin === 'null' ||",
    tests: atPage,
  },
  {
    name: 'html-saved-as-html',
    promise: 'An attachment is given out as something that no browser runs.',
    file: `${source}page/file-name.ts`,
    from: 'text\\/(?:plain|csv|calendar)',
    to: 'text\\/(?:plain|csv|calendar|html)',
    tests: [`${test}file-name.test.ts`],
  },
  {
    name: 'bytes-uncounted',
    promise: 'The kept mails take no more than they may.',
    file: `${source}mails/kept-mails.ts`,
    from: ' && this.#bytes <= this.#options.bytes',
    to: '',
    tests: [`${test}bounds.long.test.ts`],
  },
  {
    name: 'arriving-unbounded',
    promise: 'Mails that come at once take no more memory together than they may.',
    file: `${source}smtp/arriving.ts`,
    from: 'this.#bytes + chunk.byteLength > this.#limit',
    to: 'false',
    tests: [`${test}bounds.long.test.ts`],
  },
  {
    name: 'attachments-later',
    promise: 'A mail is there with all of its attachments when it is told of.',
    file: `${source}mails/read-mail.ts`,
    from: '    await Promise.all(taking);\n',
    to: '',
    tests: [`${test}catching.test.ts`],
  },
  {
    name: 'live-piles-up',
    promise: 'Nothing piles up in memory for a page that does not read what it is told.',
    file: `${source}page/live.ts`,
    from: 'if (response.writableNeedDrain)',
    to: 'if (response.destroyed)',
    tests: [`${test}live.test.ts`],
  },
  {
    name: 'once-for-ever',
    promise: 'An address that is to be put off once is taken afterwards.',
    file: `${source}smtp/answer-on-demand.ts`,
    from: 'if (this.#seen.has(key)) return false;',
    to: '',
    tests: [`${test}refusing.test.ts`],
  },
];
