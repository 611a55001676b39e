import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSigner } from '../../src/mail/signing/open-signer.ts';
import { findPython, python } from './python.ts';
import { composed, documentOf, headerIn, messageOf, textOf } from './rig.ts';

/** dkimpy, which shares no line with us. A public key is what DNS would say. */
const verifier = `
import sys, json, base64, dkim
def check(case):
    record = case['record'].encode()
    try:
        return dkim.verify(base64.b64decode(case['mail']), dnsfunc=lambda name, timeout=5: record if name.rstrip(b'.') == case['name'].encode() else None)
    except Exception as error:
        return repr(error)
print(json.dumps([check(each) for each in json.load(sys.stdin)]))
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-dkim-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function keyFile(name: string, key: KeyObject | string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, typeof key === 'string' ? key : key.export({ type: 'pkcs8', format: 'pem' }));
  return file;
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed25519 = generateKeyPairSync('ed25519');

const signerWith = async (key: KeyObject) => openSigner({ selector: 'wb1', key: await keyFile('key.pem', key) }, 'Shop.example.com');

function recordOf(key: KeyObject): string {
  const isRsa = key.asymmetricKeyType === 'rsa';
  const bytes = key.export({ type: 'spki', format: 'der' });
  return `v=DKIM1; k=${isRsa ? 'rsa' : 'ed25519'}; p=${(isRsa ? bytes : bytes.subarray(-32)).toString('base64')}`;
}

const unsubscribe = { url: 'https://shop.example.com/leave?u=1' };
const bodies: readonly (readonly [string, object])[] = [
  ['a text', { text: 'Hello.' }],
  ['nothing', { text: '' }],
  ['empty lines at its end', { text: 'a  b \t c\n\n \n\t\n\n' }],
  ['nothing but empty lines', { text: '\n\n\n' }],
  ['letters outside ASCII', { text: 'Größe 北京', subject: `Größe ${'北京 '.repeat(40)}`, to: 'Jürgen <j@x.example>' }],
  ['blanks and tabs in its lines', { text: `a \t  b\n  c\n${' x'.repeat(300)}\n` }],
  [
    'HTML, images and attachments',
    {
      html: '<img src="cid:l">',
      images: [{ id: 'l', contentType: 'image/png', content: 'AAEC' }],
      attachments: [{ content: 'AAEC', fileName: 'ü.xml' }],
    },
  ],
  ['a large attachment', { text: 'see', attachments: [{ content: Buffer.alloc(1_000_000, 'a b').toString('base64') }] }],
  ['an address in UTF-8', { text: 'x', to: 'jürgen@müller.example', replyTo: 'größe@x.example' }],
  [
    'all headers there are',
    {
      text: 'x',
      cc: 'c@x.example',
      replyTo: 'r@x.example',
      inReplyTo: '<a@b>',
      references: ['<c@d>'],
      language: 'de',
      headers: { 'X-A': 'b' },
    },
  ],
];

describe.each([
  ['RSA', rsa],
  ['Ed25519', ed25519],
])('a signature by a key of %s', (_, { privateKey, publicKey }) => {
  const interpreter = findPython(['json', 'dkim', 'nacl'], 'nobody else looks at our DKIM signatures');

  it.runIf(interpreter)('is right for every kind of mail, as somebody else sees it', async () => {
    const signer = await signerWith(privateKey);
    const cases = bodies.map(([, document]) => {
      const mail = composed(
        documentOf({ to: 'ada@mill.example', subject: 's', unsubscribe, ...document, ...('cc' in document ? { unsubscribe: {} } : {}) }),
        { signer },
      );
      return { mail: Buffer.from(mail.bytes).toString('base64'), record: recordOf(publicKey), name: 'wb1._domainkey.shop.example.com' };
    });
    expect(python(interpreter, verifier, cases)).toEqual(cases.map(() => true));
  });

  it.runIf(interpreter)('breaks when anything that it covers is changed', async () => {
    const signer = await signerWith(privateKey);
    const source = textOf(composed(documentOf({ to: 'ada@mill.example', subject: 'Order', text: 'Pay 10', unsubscribe }), { signer }));
    const changed = [
      source.replace('Pay 10', 'Pay 99'),
      source.replace('Subject: Order', 'Subject: Other'),
      source.replace('To: ada@', 'To: eve@'),
      source.replace('leave?u=1', 'leave?u=2'),
      source.replace('One-Click', 'Two-Click'),
      source.replace('From:', 'From: eve@evil.example\r\nFrom:'),
      source.replace('Message-ID: <wb.', 'Message-ID: <wx.'),
    ];
    expect(changed.filter((each) => each === source)).toEqual([]);
    const record = { record: recordOf(publicKey), name: 'wb1._domainkey.shop.example.com' };
    const answers = python(
      interpreter,
      verifier,
      [source, ...changed].map((each) => ({ mail: Buffer.from(each, 'latin1').toString('base64'), ...record })),
    );
    expect(answers).toEqual([true, ...changed.map(() => expect.not.toSatisfy((answer: unknown) => answer === true))]);
  });

  it('is the same each time, and stands before all other headers in lines of 78 at most', async () => {
    const signer = await signerWith(privateKey);
    const [once, again] = [composed(messageOf(), { signer }), composed(messageOf(), { signer })];
    expect(once.bytes).toEqual(again.bytes);
    const head = textOf(once).split('\r\n\r\n')[0] ?? '';
    expect(head).toMatch(/^DKIM-Signature: v=1;/);
    expect(head.split('\r\n').filter((each) => each.length > 78)).toEqual([]);
    expect(headerIn(textOf(once), 'DKIM-Signature')).toContain('d=shop.example.com; s=wb1');
  });
});

describe('a key that cannot sign', () => {
  it.each([
    ['is not there', undefined],
    ['is no key', 'hello'],
    ['is a public key', rsa.publicKey.export({ type: 'spki', format: 'pem' })],
    ['is cut short', String(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' })).slice(0, 800)],
    ['is of another kind', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
    ['has a password', String(rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }))],
    ['is too short', generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey],
  ])('stops the start when it %s', async (name, key) => {
    const file =
      key === undefined ? join(folder, 'none.pem') : await keyFile(`${name.replaceAll(' ', '-')}.pem`, key as KeyObject | string);
    const error = await openSigner({ selector: 'wb1', key: file }, 'shop.example.com').then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'WB_EMAIL_DKIM', at: 'dkim.key' });
    expect(String(error)).not.toContain('PRIVATE KEY');
  });
});
