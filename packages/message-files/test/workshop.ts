import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineCommand, defineEvent, type MessagePackDefinition, type ReadableMessage, type ReadMessage, Type } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import type { KnownMeanings, Problem, ReadMessageFile } from '@waybill/manifest';
import { loadMessageFile } from '../src/index.ts';

const text = (more: Readonly<Record<string, unknown>> = {}) => Type.String(more);
const amount = text({ pattern: '^-?[0-9]+(\\.[0-9]+)?$' });

export const receive = defineCommand({
  name: 'return.receive',
  summary: 'Records goods that came back.',
  input: Type.Object(
    {
      returnId: text({ minLength: 1 }),
      storeId: Type.Optional(text()),
      channel: Type.Optional(text({ enum: ['web', 'shop'] })),
      status: Type.Optional(text({ enum: ['OK', 'DAMAGED'] })),
      urgent: Type.Optional(Type.Boolean()),
      remark: Type.Optional(text()),
      carriers: Type.Optional(Type.Array(text())),
      first: Type.Optional(text()),
      second: Type.Optional(text()),
      arrived: Type.Optional(text({ pattern: '^[0-9]{4}-.*T' })),
      refund: Type.Optional(Type.Object({ amount, currency: Type.Optional(text()) })),
      userData: Type.Optional(Type.Record(text(), text())),
      items: Type.Optional(
        Type.Array(
          Type.Object({
            sku: text(),
            quantity: Type.Optional(amount),
            reason: Type.Optional(text()),
            returnId: Type.Optional(text()),
            parts: Type.Optional(Type.Array(Type.Object({ sku: text() }))),
          }),
        ),
      ),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ accepted: Type.Boolean(), label: Type.Optional(text()) }),
});

export const refuse = defineCommand({ name: 'return.refuse', summary: 'Refuses goods.', input: receive.input });

export const announced = defineEvent({
  name: 'return.announced',
  summary: 'Somebody wants to send goods back.',
  data: Type.Object(
    { returnId: text(), note: Type.Optional(text()), customer: Type.Object({ email: text(), name: Type.Optional(text()) }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ allowed: Type.Boolean() }),
});

export const known: KnownMeanings = { commands: [receive, refuse], events: [announced] };

/** A folder for message files. */
export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'waybill-message-files-'));

  load(yaml: string, meanings: KnownMeanings = known): ReadMessageFile {
    const file = join(this.folder, 'returns.message.yaml');
    writeFileSync(file, yaml);
    return loadMessageFile(file, meanings);
  }

  /** The pack of a file without problems. */
  pack(yaml: string, meanings?: KnownMeanings): MessagePackDefinition {
    const { pack, problems } = this.load(yaml, meanings);
    if (pack === undefined || problems.length > 0) throw new Error(problems.map(told).join('\n'));
    return pack;
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** `CODE line:column message`, without what all codes begin with. */
export function told({ code, line, column, message }: Problem): string {
  return `${code.replace('WB_MESSAGE_FILE_', '')} ${line}:${column} ${message}`;
}

export function messageOf(body: string): ReadableMessage {
  return { id: 'm-1', createdAt: 0, encoding: 'utf-8', body: new TextEncoder().encode(body), properties: {} };
}

/** Recognises and reads, as the kernel does. */
export function read(pack: MessagePackDefinition, body: string): ReadMessage {
  const message = messageOf(body);
  const type = pack.recognise(message, {});
  if (type === undefined) throw new Error('the pack does not know the message');
  return pack.read(type, message, usualOptions(pack));
}

/** The options of a pack where no entry sets any. */
export function usualOptions(pack: MessagePackDefinition): never {
  return resolveSettings(pack.options ?? Type.Object({}), {}, { folder: '' }) as never;
}

export const context = { time: '2026-03-14T16:20:05Z', messageId: 'm-2', options: {} };

/** A file with one message: the keys of it, and the nodes of its body, each line indented as it has to be. */
export function fileWith(keys: readonly string[], body: readonly string[]): string {
  const lines = [
    'messages:',
    '  - message: Return',
    '    version: "1.0"',
    ...keys.map((line) => `    ${line}`),
    '    body:',
    ...body.map((line) => `      ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}
