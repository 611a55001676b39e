import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { letterOffice } from './support/letter-office.ts';
import { letter, lettersPack, password } from './support/letters.ts';
import { notesPack } from './support/notes.ts';

const types = ['text/xml', 'multipart/related', 'application/x-www-form-urlencoded'];
const entry = { connection: 'web', path: '/letters', auth: 'none', contentTypes: types, limit: '1KB', messages: ['Letter', 'Card'] };
const always = { letters: { ...entry, answers: 'always' } };
const told = (text: string) => `<Answer><Text>${text}</Text></Answer>`;
const large = `<Password>${password}</Password>${'x'.repeat(2_000)}`;

describe('what nobody recognises, on an entry that takes messages of one pack', () => {
  it.each([
    ['is of no known kind', '<Cord/>', {}, 'WB_MESSAGE_UNRECOGNISED'],
    ['is in an encoding that nobody knows', letter('one'), { 'content-type': 'text/xml; charset=martian' }, 'WB_TEXT_UNKNOWN_ENCODING'],
    [
      'has a content type that is not taken',
      letter('one').replaceAll('Card', 'Cord'),
      { 'content-type': 'text/plain' },
      'WB_HTTP_CONTENT_TYPE',
    ],
    ['is compressed', gzipSync(letter('one')), { 'content-encoding': 'gzip' }, 'WB_HTTP_CONTENT_ENCODING'],
    ['is too large', large, {}, 'WB_HTTP_TOO_LARGE'],
    ['is only ever sent out', '<Answer><Text>x</Text></Answer>', {}, 'WB_MESSAGE_NOT_ACCEPTED'],
  ])('is answered by the pack, with HTTP 200: it %s', async (_, body, headers, code) => {
    const office = await letterOffice({ inbound: always });
    expect(await office.post('/letters', body, headers)).toEqual([200, told(`unknown ${code}`)]);
  });

  it('is answered with the status of the failure and the same words where the entry says nothing', async () => {
    const office = await letterOffice({ inbound: { letters: entry } });
    expect(await office.post('/letters', '<Cord/>')).toEqual([400, told('unknown WB_MESSAGE_UNRECOGNISED')]);
    expect((await office.post('/letters', large))[0]).toBe(413);
    expect((await office.post('/letters', letter('one'), { 'content-type': 'text/plain' }))[0]).toBe(415);
  });

  it('is answered by the reply of its type where that can be told', async () => {
    const office = await letterOffice({ inbound: always });
    const post = (body: string) => office.post('/letters', body, { 'content-type': 'text/plain' });
    expect(await post(letter('one', { name: 'Letter' }))).toEqual([200, told('WB_HTTP_CONTENT_TYPE')]);
  });

  it('is refused by the transport where several packs could have sent it', async () => {
    const { messages: _, ...open } = always.letters;
    const office = await letterOffice({ inbound: { letters: open }, packs: [lettersPack, notesPack] });
    expect((await office.post('/letters', large))[0]).toBe(413);
    expect((await office.post('/letters', '<Cord/>', { 'content-type': 'text/plain' }))[0]).toBe(415);
    expect((await office.post('/letters', '<Cord/>'))[0]).toBe(400);
  });

  it('is answered by the pack whose messages the entry takes, also where another one knows it', async () => {
    const office = await letterOffice({ inbound: always, packs: [lettersPack, notesPack] });
    expect(await office.post('/letters', '{"kind":"Note","text":"x"}')).toEqual([200, told('unknown WB_MESSAGE_NOT_ACCEPTED')]);
  });
});

describe('an entry that answers always', () => {
  it('answers with HTTP 200 whatever became of the message', async () => {
    const office = await letterOffice({ inbound: always });
    const post = (body: string) => office.post('/letters', body);
    expect(await post(letter('one', { name: 'Letter' }))).toEqual([200, told('read')]);
    expect(await post(letter('one', { name: 'Letter', with: 'a wrong one' }))).toEqual([200, told('WB_AUTH_REFUSED')]);
    expect(await post('<Letter>')).toEqual([200, told('WB_LETTER_NO_TEXT')]);
  });

  it('takes forms and what has several parts, where their content types are listed', async () => {
    const office = await letterOffice({ inbound: always });
    for (const type of types)
      expect(await office.post('/letters', letter('one', { name: 'Letter' }), { 'content-type': `${type}; boundary=b` })).toEqual([
        200,
        told('read'),
      ]);
  });

  it('reads text/xml by its charset, and without one by what the document declares', async () => {
    const office = await letterOffice({ inbound: always });
    const read = async (declared: string, contentType: string, encoding: BufferEncoding) => {
      const body = `<?xml version="1.0" encoding="${declared}"?>${letter('Grüße', { name: 'Letter' })}`;
      return (await office.post('/letters', Buffer.from(body, encoding), { 'content-type': contentType }))[1];
    };
    expect(await read('ISO-8859-1', 'text/xml', 'latin1')).toBe(told('read'));
    expect(await read('UTF-8', 'text/xml; charset="iso-8859-1"', 'latin1')).toBe(told('read'));
    expect(await read('ISO-8859-1', 'text/xml; charset=utf-8', 'utf8')).toBe(told('read'));
  });
});
