import type { Message } from '@waybill/contract';
import { newMessage } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { fileNameFor } from '../src/sending/file-name.ts';

const message = (id: string): Message => ({ id, body: Buffer.from('<Order/>'), createdAt: 1_000, type: 'Order', properties: {} });

describe('the name of a file', () => {
  it('is made from the template', () => {
    expect(fileNameFor('{type}-{id}.xml', { ...newMessage(), id: '4711', type: 'Order' })).toBe('Order-4711.xml');
    expect(fileNameFor('{correlation}_{id}', { ...newMessage(), id: '2', correlationId: '1' })).toBe('1_2');
    expect(fileNameFor('{type}-{id}', { id: '1', body: new Uint8Array(0), createdAt: 1_000, properties: {} })).toBe('message-1');
  });

  it('holds nothing that could leave the folder or hide the file', () => {
    expect(fileNameFor('{id}', message('../../etc/passwd'))).toBe('%2E.%2F..%2Fetc%2Fpasswd');
    expect(fileNameFor('{id}', message('.hidden'))).toBe('%2Ehidden');
    expect(fileNameFor('{id}', message('a\\b:c\0d\ne'))).toBe('a%5Cb%3Ac%00d%0Ae');
  });

  it('is no device of Windows, and ends with no dot', () => {
    expect(fileNameFor('{id}.xml', message('CON'))).toBe('%43ON.xml');
    expect(fileNameFor('{id}', message('lpt1.old'))).toBe('%6Cpt1.old');
    expect(fileNameFor('{id}.xml', message('console'))).toBe('console.xml');
    expect(fileNameFor('{id}', message('a.'))).toBe('a%2E');
  });

  it('is another one for an id in capitals where the file system ignores case', () => {
    const names = ['m-1a', 'M-1a', 'm-1A'].map((id) => fileNameFor('{type}-{id}.xml', message(id), true));
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(3);
    expect(names[0]).toBe('Order-m-1a.xml');
  });

  it('is another one for another id, however alike or long they are', () => {
    const long = 'x'.repeat(5_000);
    const ids = ['a/b', 'a_b', 'a%2Fb', 'ä', 'Ã¤', `${long}1`, `${long}2`];
    const names = ids.map((id) => fileNameFor('{id}.xml', message(id)));
    expect(new Set(names).size).toBe(ids.length);
    for (const name of names) expect(Buffer.byteLength(name)).toBeLessThan(200);
  });
});
