import { CommandError } from '@waybill/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DocumentEncoding, documentEncodings } from '../src/document-encoding.ts';
import pack from '../src/index.ts';
import { chosen, contextWith, dataOf, readBody, sampleOf, typeOf, written } from './support/messages.ts';

// What an outbound entry sets for documents, and an inbound one for answers.

/** The text of a document, without the help of what has written it. */
function textIn(body: string | Uint8Array, encoding: DocumentEncoding): string {
  const bytes = Buffer.from(body);
  if (encoding === 'utf-8') return bytes.toString();
  if (encoding !== 'utf-16') return bytes.toString('latin1');
  expect([bytes[0], bytes[1]]).toEqual([0xfe, 0xff]);
  return new TextDecoder('utf-16be').decode(bytes);
}

describe.each(documentEncodings)('a document in %s', (encoding) => {
  const type = typeOf('Report_NC_PurchaseOrder', '1.0');
  const order = readBody(sampleOf('Report_NC_PurchaseOrder')).read.input as object;
  const compose = (data: object) => pack.compose(type, data, contextWith(written({ encoding })));

  it('says so, in itself and beside it', () => {
    const { body, contentType } = compose(order);
    expect(contentType).toBe(`application/xml; charset=${encoding}`);
    expect(textIn(body, encoding)).toMatch(new RegExp(`^<\\?xml version="1.0" encoding="${encoding.toUpperCase()}"\\?>`));
  });

  it('says the same as in any other, whatever characters are in it', () => {
    // From one byte to a pair of surrogates, in texts and in the value of an attribute.
    const text = fc.string({
      unit: fc.constantFrom('a', '&', '<', '"', '\u0085', 'é', 'ÿ', 'Ł', '€', '\ufffd', '\u{1F6A2}'),
      minLength: 1,
    });
    fc.assert(
      fc.property(text, (each) => {
        const data = { ...order, instruction: each, userData: { [each]: each } };
        const { body } = compose(data);
        expect(readBody(textIn(body, encoding)).read.input).toEqual(
          readBody(String(pack.compose(type, data, contextWith(written())).body)).read.input,
        );
        expect(Math.max(...Buffer.from(body))).toBeLessThan(encoding === 'us-ascii' ? 0x80 : 0x100);
      }),
      { numRuns: 60 },
    );
  });

  it('is what answers are where the inbound entry says so', () => {
    const inquiry = typeOf('Inquire_WCS_PickPackListDetail', '1.0');
    const { read } = readBody(sampleOf('Inquire_WCS_PickPackListDetail'));
    const error = new CommandError('WB_STORE_NO_BATCH', 'Łucja’s batch is gone.');
    const draft = pack.reply?.(inquiry, { ok: false, error, read }, contextWith(chosen({ replyEncoding: encoding })));
    expect(readBody(textIn(draft?.body ?? '', encoding)).read.input).toMatchObject({ message: error.message });
    expect(draft?.contentType).toBe(`application/xml; charset=${encoding}`);
  });
});

it('is safe in ISO-8859-1 for readers who take it for Windows-1252', () => {
  const type = typeOf('Report_NC_PurchaseOrder', '1.0');
  const order = readBody(sampleOf('Report_NC_PurchaseOrder')).read.input as object;
  const { body } = pack.compose(type, { ...order, instruction: 'a\u0085\u00e9' }, contextWith(written({ encoding: 'iso-8859-1' })));
  expect(Buffer.from(body).toString('latin1')).toContain('a&#x85;é');
});

describe('the credentials of an entry', () => {
  const credentials = { logonId: 'harbourpine', password: 'shearwater-5' };
  const told = pack.messages.filter(({ event }) => event).map(({ name, version }) => [name, version] as const);

  it.each(told)('stand in every message that is sent: %s %s', (name, version) => {
    const type = typeOf(name, version);
    const { input } = readBody(type.sample?.() ?? '').read;
    const compose = (settings: object) => readBody(String(pack.compose(type, input, contextWith(written(settings))).body)).read;
    expect(compose({ credentials })).toMatchObject({ credentials, input });
    expect(compose({}).credentials?.password).toBeUndefined();
  });

  it('stand in no message that a tool writes for others, which says itself who sends it', () => {
    const type = typeOf('Update_WCS_OrderStatus', '3.0');
    const { read } = readBody(sampleOf('Update_WCS_OrderStatus'));
    const { body } = pack.compose(type, dataOf(type, { ...read, credentials: undefined }), contextWith(written({ credentials })));
    expect(String(body)).not.toContain(credentials.password);
  });

  it('are in no error where they cannot be written', () => {
    const type = typeOf('priceAndAvailabilityRequest', '1.0');
    const { input } = readBody(sampleOf('priceAndAvailabilityRequest')).read;
    const wrong = written({ credentials: { logonId: 'harbourpine', password: 'shear\u0001water' } });
    const at = 'priceAndAvailabilityRequest/Credentials/password';
    const message = expect.not.stringMatching(/shear|water/) as string;
    expect(() => pack.compose(type, input, contextWith(wrong))).toThrow(
      expect.objectContaining({ code: 'WB_XML_UNWRITABLE', at, message }),
    );
  });
});
