import type { Mutant } from './mutant.ts';

const source = 'plugins/pack-procurement/src/';
const test = 'plugins/pack-procurement/test/';
const receiving = [`${test}receiving.slow.test.ts`];
const sending = [`${test}sending.slow.test.ts`];
const concealing = [`${test}concealing.test.ts`];

export const packProcurementMutants: readonly Mutant[] = [
  {
    name: 'cxml-without-header-let-in',
    promise: 'A document that says nothing of its sender is refused, and not taken without a question.',
    file: `${source}reading/read.ts`,
    from: '{ credentials: credentialsOf(document) ?? {} }',
    to: '{ credentials: credentialsOf(document) }',
    tests: receiving,
  },
  {
    name: 'cxml-file-that-did-not-come',
    promise: 'A document that names a file is refused where the file did not come with it.',
    file: `${source}reading/attachments.ts`,
    from: '(url) => attachmentOf(url, parts)',
    to: '(url) => parts.attachments.find((part) => url.includes(part.contentId ?? url))',
    tests: receiving,
  },
  {
    name: 'cxml-secret-in-base64-kept',
    promise: 'A secret is not kept either where its document is encoded in a part.',
    file: `${source}concealing/parts.ts`,
    from: "const concealed = concealSecrets(Buffer.from(content, 'base64').toString('latin1'));",
    to: 'const concealed = concealSecrets(content);',
    tests: concealing,
  },
  {
    name: 'cxml-secret-in-form-kept',
    promise: 'A secret is not kept either where its document is a field of a form.',
    file: `${source}concealing/conceal.ts`,
    from: 'return concealInForm(concealed) ?? concealed;',
    to: 'return concealed;',
    tests: concealing,
  },
  {
    name: 'cxml-secret-left-out',
    promise: 'A document for a buyer has the secret of its entry.',
    file: `${source}writing/complete.ts`,
    from: 'if (sender?.secret === undefined) return body;',
    to: 'if (sender?.secret !== undefined) return body;',
    tests: sending,
  },
  {
    name: 'cxml-own-payload-id-ignored',
    promise: 'A document has the payload id that the application has chosen for it.',
    file: `${source}writing/compose.ts`,
    from: "return typeof payloadId === 'string' ? { payloadId } : {};",
    to: "return typeof payloadId === 'number' ? { payloadId: String(payloadId) } : {};",
    tests: sending,
  },
];
