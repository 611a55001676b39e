import { defineMessagePack, settings, Type } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { inspectMessage } from '../src/packs/inspect.ts';

const width = Type.Integer({ default: 4, description: 'How wide a field is.' });
const type = { name: 'Field', version: '1', direction: 'out', summary: 'A field.' } as const;
const pack = defineMessagePack({
  name: 'fields',
  summary: 'Fields of fixed width.',
  messages: [type],
  options: settings({ width, trim: Type.Boolean({ default: true, description: 'Whether blanks count.' }) }),
  writing: settings({ width, encoding: Type.String({ default: 'utf-8', description: 'The encoding.' }) }),
  recognise: () => type,
  read: (_type, { body }, options) => {
    const field = Buffer.from(body).toString().slice(0, options.width);
    return { command: '', input: options.trim ? field.trim() : field };
  },
  compose: () => ({ body: '', contentType: 'text/plain', type: type.name }),
});
const message = { id: 'm', createdAt: 0, body: Buffer.from('ab    cd'), properties: {} };

describe('a message that a tool looks at', () => {
  it('is read with what it was written with, and else as its pack reads by default', () => {
    const readWith = (more: object) => inspectMessage([pack], message, more)?.read().input;
    expect(readWith({})).toBe('ab');
    expect(readWith({ writing: { fields: { width: 8, encoding: 'utf-8' } } })).toBe('ab    cd');
    expect(readWith({ options: { fields: { width: 5, trim: false } } })).toBe('ab   ');
  });
});
