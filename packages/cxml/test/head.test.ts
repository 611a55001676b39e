import { describe, expect, it } from 'vitest';
import { credentialsOf, instantOf, isSoundTime, newPayloadId, partiesOf, readDocument, sniffDocument, timestampOf } from '../src/index.ts';
import { sample } from './support/documents.ts';

describe('a time', () => {
  it('is written in local time with a numeric offset', () => {
    const millis = Date.UTC(2026, 10, 2, 8, 15, 0);
    expect(timestampOf(millis)).toBe('2026-11-02T08:15:00+00:00');
    expect(timestampOf(millis, -240)).toBe('2026-11-02T04:15:00-04:00');
    expect(timestampOf(millis, 330)).toBe('2026-11-02T13:45:00+05:30');
    expect(isSoundTime(timestampOf(millis, -210))).toBe(true);
    expect(instantOf(timestampOf(millis, -210))).toBe(millis);
  });

  it.each([
    ['2016-04-20T04:34:19', Date.UTC(2016, 3, 20, 4, 34, 19)],
    ['2020-09-25 15:30:43', Date.UTC(2020, 8, 25, 15, 30, 43)],
    ['Mon May 19 18:29:48 +0000 2008', Date.UTC(2008, 4, 19, 18, 29, 48)],
    ['2026-11-02T08:15:00Z', Date.UTC(2026, 10, 2, 8, 15)],
    ['2026-11-02T08:15:00.123- 07:00', Date.UTC(2026, 10, 2, 15, 15)],
    ['2026-10-05', Date.UTC(2026, 9, 5)],
    ['2026-11-02T08:15:00-10:47', Date.UTC(2026, 10, 2, 19, 2)],
  ])('%s is the instant that it says', (text, millis) => {
    expect(instantOf(text)).toBe(millis);
    expect(isSoundTime('2026-11-02T08:15:00Z')).toBe(false);
  });

  it('without an offset is one of the offset that is known', () => {
    expect(instantOf('2026-11-02T08:15:00', 60)).toBe(Date.UTC(2026, 10, 2, 7, 15));
  });

  it.each(['', 'soon', '2026-13-01', '1790000100.4711', '1'.repeat(100_000)])('%.20s is none', (text) => {
    expect(instantOf(text)).toBeUndefined();
  });
});

describe('a payload id', () => {
  it('has time, process, chance and host, and is never given twice', () => {
    const ids = Array.from({ length: 1_000 }, () => newPayloadId('shop.dale.example', 1_790_000_000_000));
    expect(new Set(ids).size).toBe(1_000);
    expect(ids[0]).toMatch(/^1790000000000\.\d+\.[0-9a-f]{24}@shop\.dale\.example$/);
  });
});

describe('credentials of a document', () => {
  it('are flat texts, and say who speaks to whom', () => {
    const document = readDocument(sample('order-new'));
    const credentials = credentialsOf(document);
    expect(credentials).toMatchObject({
      from2Domain: 'duns',
      from3Marketplace: 'yes',
      sender1Identity: 'hub@hub.example',
      secret: ' s&cret ',
    });
    expect(partiesOf(credentials ?? {})).toEqual({ parties: document.parties, secret: ' s&cret ' });
  });

  it('are none where the document has no header, and those of others say nothing', () => {
    expect(credentialsOf(readDocument(sample('response')))).toBeUndefined();
    expect(partiesOf({ user: 'x', password: 'y' })).toBeUndefined();
  });
});

describe('the beginning of a document', () => {
  it.each([
    [
      'a comment with another request in it',
      '<cXML><!-- <Request><OrderRequest> --><Request><ProfileRequest/>',
      { kind: 'request', type: 'ProfileRequest' },
    ],
    ['an answer by itself', '<cXML><Response><Status code="200"/></Response></cXML>', { kind: 'response', type: 'Response' }],
    [
      'a status in front of its content',
      '<cXML><Message><Status code="204"/><PunchOutOrderMessage>',
      { kind: 'message', type: 'PunchOutOrderMessage' },
    ],
  ])('tells what it is: %s', (_what, text, expected) => {
    expect(sniffDocument(text)).toEqual(expected);
  });

  it.each(['', 'x', '<Order/>', '<cXML/>', '<cXML><Header/>', '<!DOCTYPE html><cXML', '<!-- <cXML><Request><OrderRequest>'])(
    'tells nothing: %s',
    (text) => {
      expect(sniffDocument(text)).toBeUndefined();
    },
  );

  it('is looked at, and no more', () => {
    expect(sniffDocument(`<cXML>${' '.repeat(100_000)}<Request><ProfileRequest/>`)).toBeUndefined();
  });
});
