import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mailDocument } from '../../src/mail/document/mail-document.ts';
import { composed, documentOf, headerIn, messageOf, refusal, sourceOf } from './rig.ts';

const refused = (document: unknown) => refusal(() => composed(documentOf(document)));
const file = { fileName: 'a.pdf', content: 'AAEC' };

describe('a mail document that is wrong', () => {
  it.each([
    ['is no object', [], undefined, 'it has to be an object'],
    ['is null', null, undefined, 'it has to be an object'],
    ['has a key that nobody knows', { subjekt: 'x' }, undefined, 'has "subjekt", which is not known there'],
    ['has a number for text', { subject: 7 }, 'subject', 'has to be text'],
    ['has null for text', { text: null }, 'text', 'has to be text'],
    ['has half a character', { text: 'a\ud800' }, 'text', 'half a character'],
    ['has an address that is a number', { to: 7 }, 'to', 'has to be text or an object or a list'],
    ['has an address without the address', { to: [{ name: 'Ada' }] }, 'to[0].address', 'is missing'],
    ['has an address with more than there is', { to: { address: 'a@b', mail: 'x' } }, 'to', 'has "mail"'],
    ['has an empty address in a list', { to: ['a@x.example', ''] }, 'to[1]', 'is empty'],
    ['has a subject that is too long', { subject: 'x'.repeat(1_001) }, 'subject', 'has 1001 characters'],
    ['has too many attachments', { attachments: Array.from({ length: 101 }, () => file) }, 'attachments', 'has 101 items'],
    [
      'has an attachment that is no base64',
      { attachments: [file, { ...file, content: 'AA=C' }] },
      'attachments[1].content',
      'is not base64',
    ],
    ['has base64 with line breaks', { attachments: [{ ...file, content: 'AAEC\r\nAA==' }] }, 'attachments[0].content', 'is not base64'],
    ['has base64 that is cut short', { attachments: [{ ...file, content: 'AAE' }] }, 'attachments[0].content', 'is not base64'],
    ['has an attachment without content', { attachments: [{ fileName: 'a' }] }, 'attachments[0]', 'either "content" or "text"'],
    ['has an attachment with two contents', { attachments: [{ ...file, text: 'x' }] }, 'attachments[0]', 'either "content" or "text"'],
    ['has images without HTML', { text: 'x', images: [{ id: 'a', contentType: 'image/png', content: '' }] }, 'images', 'no HTML'],
    ['has an image of another type', { html: 'x', images: [{ id: 'a', contentType: 'text/html', content: '' }] }, 'images[0]', 'no image'],
    [
      'has two images of one id',
      { html: 'x', images: [1, 2].map(() => ({ id: 'a', contentType: 'image/png', content: '' })) },
      'images',
      'same id',
    ],
    ['shows an image that is not there', { html: '<img src="cid:logo">' }, 'html', 'cid:logo'],
    ['has a method of calendars that is none', { calendar: { method: 'EVIL', text: 'x' } }, 'calendar.method', 'has to be "REQUEST" or'],
    [
      'has too many headers',
      { headers: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`X-${index}`, 'x'])) },
      'headers',
      'has 51 entries',
    ],
    ['has a header with a line break in its name', { headers: { 'X-A\r\nBcc': 'x' } }, 'headers', 'not known there'],
    ['has a language that is none', { language: 'Deutsch bitte' }, 'language', 'not of the form'],
  ])('is refused when it %s', (_, document, at, what) => {
    const error = refused(document);
    expect([error.code, error.at]).toEqual(['WB_EMAIL_DOCUMENT', at]);
    expect(error.message).toContain(what);
  });

  it('is told with what may stand there', () => {
    expect(refused({ to: { address: 'a@b.c', mail: 1 } }).hint).toBe('What may stand there: name, address.');
  });

  it('is refused with its place when it is no JSON, and nothing of it in the error', () => {
    const error = refusal(() =>
      composed(messageOf({ contentType: 'application/vnd.waybill.mail+json', body: '{"to": "secret@x.example", }' })),
    );
    expect([error.code, error.at]).toEqual(['WB_EMAIL_DOCUMENT', expect.stringMatching(/^position \d+/)]);
    expect(error.message).not.toContain('secret');
  });

  it('is refused without taking the process along, however deep it is nested', () => {
    const deep = (open: string, close: string) =>
      messageOf({ contentType: 'application/vnd.waybill.mail+json', body: open.repeat(1_000_000) + close.repeat(1_000_000) });
    expect(refusal(() => composed(deep('[', ']'))).code).toBe('WB_EMAIL_DOCUMENT');
    expect(refusal(() => composed(deep('{"to":', '}'))).code).toBe('WB_EMAIL_DOCUMENT');
    expect(
      refusal(() =>
        composed(
          messageOf({ contentType: 'application/vnd.waybill.mail+json', body: `{"to":${'['.repeat(500_000)}${']'.repeat(500_000)}}` }),
        ),
      ).code,
    ).toBe('WB_EMAIL_DOCUMENT');
  });

  it('is counted by its values and not by what stands in its texts', () => {
    const text = '{[,"\\'.repeat(400_000);
    expect(composed(documentOf({ text, headers: { 'X-A': '\\' } })).bytes.length).toBeGreaterThan(text.length);
  });

  it('has no key of JavaScript itself', () => {
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const message = messageOf({ contentType: 'application/vnd.waybill.mail+json', body: `{"${key}": {"x": 1}}` });
      expect(refusal(() => composed(message)).code).toBe('WB_EMAIL_DOCUMENT');
    }
  });
});

describe('headers of its own', () => {
  it('are written where the entry lets them through', () => {
    const source = sourceOf(documentOf({ text: 'x', headers: { 'X-Order': '12007', 'X-Gr': 'Größe in der Mitte' } }));
    expect([headerIn(source, 'X-Order'), headerIn(source, 'X-Gr')]).toEqual(['12007', '=?utf-8?Q?Gr=C3=B6=C3=9Fe_in_der_Mitte?=']);
  });

  it('are refused where it does not', () => {
    expect(refused({ text: 'x', headers: { Importance: 'high' } }).code).toBe('WB_EMAIL_NOT_ALLOWED');
    expect(
      headerIn(
        sourceOf(documentOf({ text: 'x', headers: { Importance: 'high' } }), { entry: { ownHeaders: ['Importance'] } }),
        'Importance',
      ),
    ).toBe('high');
  });

  it('stand beside those of the entry, and in place of one of the same name', () => {
    const entry = { headers: { 'X-Shop': 'Harbour', 'X-Order': 'none' } };
    const source = sourceOf(documentOf({ text: 'x', headers: { 'x-order': '12007' } }), { entry });
    expect([headerIn(source, 'X-Shop'), source.match(/^x-order: [^\r]*/gim)]).toEqual(['Harbour', ['x-order: 12007']]);
  });

  it.each([
    'Bcc',
    'from',
    'Subject',
    'Content-Type',
    'DKIM-Signature',
    'Received',
    'Resent-To',
    'Return-Path',
    'MIME-Version',
    'Message-ID',
    'List-Unsubscribe',
  ])('are never %s, whatever the entry lets through', (name) => {
    expect(refusal(() => composed(documentOf({ text: 'x', headers: { [name]: 'x' } }), { entry: { ownHeaders: ['*'] } })).code).toBe(
      'WB_EMAIL_HEADER',
    );
    expect(refusal(() => composed(messageOf(), { entry: { headers: { [name]: 'x' } } })).code).toBe('WB_EMAIL_HEADER');
  });
});

describe('the README', () => {
  it('has every key of the document', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const missing = Object.keys(mailDocument.properties).filter((key) => !readme.includes(`| \`${key}\` |`));
    expect(missing).toEqual([]);
  });
});
