import { TransportError } from '@waybill/contract/errors';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composed, documentOf, messageOf, textOf } from './rig.ts';

/** What somebody tries who wants a header, a recipient or a command of his own. */
const attacks = [
  '\r\nBcc: evil@evil.example',
  '\nBcc: evil@evil.example',
  '\rBcc: evil@evil.example',
  '\r\n\r\nevil body',
  '\0evil',
  '\u2028Bcc: evil@evil.example',
  '\u0085Bcc: evil@evil.example',
  '>\r\nRCPT TO:<evil@evil.example',
  '\r\n.\r\nMAIL FROM:<evil@evil.example>',
  ' \r\n\tBcc: evil@evil.example',
  '=?utf-8?Q?=0D=0ABcc:_evil@evil.example?=',
  '"; evil="x',
  '--=_wb.',
  '%0d%0aBcc: evil@evil.example',
  'x\u0000\r\n',
  '\ud800\r\nBcc: evil@evil.example',
] as const;

const document = {
  from: { name: 'Shop', address: 'shop@shop.example.com' },
  sender: 'robot@shop.example.com',
  to: ['Ada <ada@mill.example>', { name: 'Bob', address: 'bob@mill.example' }],
  cc: 'cyd@mill.example',
  bcc: 'dan@mill.example',
  replyTo: { name: 'Help', address: 'help@shop.example.com' },
  subject: 'Order',
  text: 'Text',
  html: '<p>Text</p><img src="cid:logo@x">',
  images: [{ id: 'logo@x', contentType: 'image/png', content: 'AAEC', fileName: 'logo.png' }],
  attachments: [
    { fileName: 'a.xml', contentType: 'application/xml', content: 'AAEC' },
    { fileName: 'b.txt', contentType: 'text/plain', text: 'x' },
  ],
  calendar: { method: 'REQUEST', text: 'METHOD:REQUEST' },
  headers: { 'X-Order': '12007' },
  inReplyTo: '<a@b>',
  references: ['<c@d>'],
  thread: 'order',
  language: 'de',
  unsubscribe: { mailto: 'leave@shop.example.com' },
};
const properties = {
  from: 'shop@shop.example.com',
  sender: 'robot@shop.example.com',
  to: 'ada@mill.example',
  cc: 'c@mill.example',
  bcc: 'd@mill.example',
  'reply-to': 'h@shop.example.com',
  subject: 'Order',
  language: 'de',
  'file-name': 'a.xml',
  'in-reply-to': '<a@b>',
  references: '<c@d>',
  thread: 'order',
  'auto-submitted': 'auto-replied',
};
const entry = {
  from: 'Shop <orders@shop.example.com>',
  sender: 'robot@shop.example.com',
  to: ['ada@mill.example'],
  cc: ['c@mill.example'],
  bcc: ['d@mill.example'],
  replyTo: ['h@shop.example.com'],
  subject: 'Order',
  text: 'See',
  fileName: '{type}-{id}',
  language: 'de',
  headers: { 'X-Shop': 'Harbour' },
  etiquette: { listId: 'news.shop.example.com', unsubscribe: { mailto: 'leave@shop.example.com' } },
};

/** Every text in a value, by the keys that lead to it. */
function places(value: unknown, at: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof value === 'string') return [at];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => places(one, [...at, Array.isArray(value) ? Number(key) : key]));
}

function changed(value: unknown, [key, ...rest]: readonly (string | number)[], change: (text: string) => string): unknown {
  if (key === undefined) return change(value as string);
  if (Array.isArray(value)) return value.map((each: unknown, index) => (index === key ? changed(each, rest, change) : each));
  return { ...(value as object), [key]: changed((value as Record<string, unknown>)[key], rest, change) };
}

/** Names of all headers of the mail, the ones of its parts left out. */
const headerNames = (source: string) =>
  source
    .slice(0, source.indexOf('\r\n\r\n'))
    .split('\r\n')
    .filter((each) => !/^[ \t]/.test(each))
    .map((each) => each.split(':')[0]);

/** What an attack has changed in a mail beside its text. */
function harmIn(mail: ReturnType<typeof composed>): readonly string[] {
  const source = textOf(mail);
  const names = headerNames(source);
  // As many as without an attack: no boundary came from the inside.
  const boundaries = source.match(/^--=_wb\.[a-z2-7]{26}\.[amr]\r$/gm)?.length ?? 0;
  return [
    ...names.filter((name) => /^(bcc|evil)$/i.test(name ?? '')).map((name) => `has the header ${name}`),
    ...(new Set(names).size === names.length ? [] : ['has a header twice']),
    ...mail.recipients.filter(({ wire }) => /evil|[\s<>\p{C}]/u.test(wire)).map(({ wire }) => `goes to ${wire}`),
    ...(/evil|[\s<>\p{C}]/u.test(mail.sender) ? [`comes from ${mail.sender}`] : []),
    ...(/[\r\n\0]/.test(source.replaceAll('\r\n', '')) ? ['has a bare line end'] : []),
    ...(boundaries > 8 ? ['has another part'] : []),
  ];
}

/** Whether it was refused with an error of ours, composed without harm, or what the harm is. */
function attempted(work: () => ReturnType<typeof composed>): string {
  try {
    return harmIn(work()).join() || 'no more than text';
  } catch (error) {
    const isOurs = error instanceof TransportError && error.code.startsWith('WB_EMAIL_') && error.outcome === 'refused' && !error.retryable;
    return isOurs ? 'refused' : String(error);
  }
}

const attacked = (attack: string) => (text: string) => [
  `${text}${attack}`,
  `${attack}${text}`,
  `${text.slice(0, 2)}${attack}${text.slice(2)}`,
];
/** Where line breaks are nothing but line breaks. */
const free = new Set(['text', 'html', 'calendar.text', 'attachments.1.text']);

const harmless = (outcome: string) => outcome === 'refused' || outcome === 'no more than text';

/** How each attack ends, before, within and behind the text at a place. */
function outcomes(
  change: (of: (text: string) => string) => ReturnType<typeof composed>,
): readonly (readonly [attack: string, outcome: string])[] {
  return attacks.flatMap((attack) =>
    [0, 1, 2].map((index) => [attack, attempted(() => change((text) => attacked(attack)(text)[index] as string))] as const),
  );
}

describe.each(places(document).map((at) => [at.join('.'), at] as const))('an attack in %s of a mail document', (_, at) => {
  it('is refused, or is no more than text', () => {
    const all = outcomes((change) => composed(documentOf(changed(document, at, change))));
    expect(all.filter(([, outcome]) => !harmless(outcome))).toEqual([]);
  });
});

const ofOneLine = places(document).filter((at) => !free.has(at.join('.')));

describe.each(ofOneLine.map((at) => [at.join('.'), at] as const))('a line break in %s of a mail document', (_, at) => {
  it('is refused', () => {
    const all = outcomes((change) => composed(documentOf(changed(document, at, change))));
    expect(all.filter(([attack, outcome]) => /[\r\n\0]/.test(attack) && outcome !== 'refused')).toEqual([]);
  });
});

describe.each(Object.keys(properties))('an attack in the property %s', (name) => {
  it('is refused, or is no more than text', () => {
    const of = (change: (text: string) => string) => changed(properties, [name], change) as Record<string, string>;
    const all = outcomes((change) => composed(messageOf({ contentType: 'application/xml', properties: of(change) })));
    expect(all.filter(([, outcome]) => !harmless(outcome))).toEqual([]);
  });
});

describe.each(places(entry).map((at) => [at.join('.'), at] as const))('an attack in %s of an entry', (_, at) => {
  it('is refused, or is no more than text', () => {
    const all = outcomes((change) =>
      composed(messageOf({ contentType: 'application/xml' }), { entry: changed(entry, at, change) as object }),
    );
    expect(all.filter(([, outcome]) => !harmless(outcome))).toEqual([]);
  });
});

describe.each(['id', 'type', 'contentType', 'correlationId'] as const)('an attack in %s of a message', (name) => {
  it('is refused, or is no more than text', () => {
    const plain = { id: 'm-1', type: 'Order', contentType: 'application/xml', correlationId: 'c-1' };
    const all = outcomes((change) =>
      composed(messageOf({ ...plain, [name]: change(plain[name]) }), { entry: { fileName: '{id}{type}{correlation}' } }),
    );
    expect(all.filter(([, outcome]) => !harmless(outcome))).toEqual([]);
  });
});

describe('any text in any place of a mail document', () => {
  const noise = fc.array(
    fc.oneof(
      fc.constantFrom(...attacks),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom('\r', '\n', '\r\n', ':', ' ', '<', '>', '@', '"', '?='),
    ),
    { maxLength: 6 },
  );

  it('is refused, or is no more than text', () => {
    const property = fc.property(fc.constantFrom(...places(document)), noise, fc.nat({ max: 20 }), (at, pieces, where) => {
      const message = documentOf(changed(document, at, (text) => text.slice(0, where) + pieces.join('') + text.slice(where)));
      expect(attempted(() => composed(message))).toSatisfy(harmless);
    });
    fc.assert(property, { numRuns: 3_000 });
  });
});
