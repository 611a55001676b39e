import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from '@waybill/contract';
import { eventNamed, handleNamed } from '@waybill/contract/application';
import { createKernel } from '@waybill/kernel';
import { eventually, memoryJournalPlugin, memoryTransport, silentLog, temporaryFolder } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';

// The messages of a file in a running kernel, on queues and a journal in memory.

const file = `
commands:
  return.receive:
    summary: Records goods that came back.
    input: { type: object, required: [returnId], properties: { returnId: { type: string, maxLength: 6 } }, additionalProperties: false }
    output: { type: object, required: [label], properties: { label: { type: string } } }
    keys: { order: returnId, business: { return: returnId } }
events:
  return.asked:
    summary: Asks whether goods may come back.
    data: { type: object, required: [returnId], properties: { returnId: { type: string } }, additionalProperties: false }
    reply: { type: object, required: [allowed], properties: { allowed: { type: boolean } } }
messages:
  - message: Return
    version: "1"
    command: return.receive
    body: [{ Id: returnId as id }]
    reply: { message: Label, version: "1", body: [{ Text: label }] }
    error reply: { message: Refused, version: "1", body: [{ Code: code }, { Text: message }] }
  - message: Question
    version: "1"
    event: return.asked
    body: [{ Id: returnId }]
    reply: { message: Answer, version: "1", body: [{ Allowed: allowed as yes-no(Y N) }] }
`;

async function running(packs?: Readonly<Record<string, object>>) {
  const folder = await temporaryFolder();
  mkdirSync(join(folder, 'node_modules', '@waybill'), { recursive: true });
  symlinkSync(fileURLToPath(new URL('..', import.meta.url)), join(folder, 'node_modules', '@waybill', 'message-files'));
  writeFileSync(join(folder, 'returns.message.yaml'), file);
  const memory = memoryTransport();
  const handler = handleNamed('return.receive', (input) => {
    const { returnId } = input as { readonly returnId: string };
    if (returnId === '13') throw new CommandError('WB_TEST_NEVER', 'That one never.');
    return { label: `L-${returnId}` };
  });
  const kernel = createKernel({
    folder,
    manifest: {
      plugins: ['./returns.message.yaml'],
      journal: { use: 'memory' },
      connections: { local: { transport: memory.transport.name } },
      inbound: { returns: { connection: 'local', queue: 'IN', order: { by: 'key' }, ...(packs && { packs }) } },
      outbound: { questions: { connection: 'local', queue: 'OUT' } },
      routes: [{ event: 'return.asked', message: 'Question', to: ['questions'] }],
    },
    plugins: [memory.transport, memoryJournalPlugin],
    handlers: [handler],
    log: silentLog,
  });
  onTestFinished(() => kernel.stop({ grace: 1_000 }));
  await kernel.start();
  return { kernel, memory };
}

const replyTo = async (document: string): Promise<string> => {
  const { memory } = await running();
  memory.put('IN', { body: document, replyTo: 'BACK' });
  return Buffer.from((await memory.take('BACK')).body).toString();
};

describe('a message of a file in a running kernel', () => {
  it('is answered with what the handler says', async () => {
    expect(await replyTo('<Return><Id>7</Id></Return>')).toContain('<Label>\n  <Text>L-7</Text>\n</Label>');
  });

  it('is answered with what the handler refuses', async () => {
    expect(await replyTo('<Return><Id>13</Id></Return>')).toContain('<Code>WB_TEST_NEVER</Code>\n  <Text>That one never.</Text>');
  });

  it('is answered with what is wrong with it, by the declaration and by the schema', async () => {
    expect(await replyTo('<Return><Ip>7</Ip></Return>')).toContain('<Code>WB_XML_UNEXPECTED_ELEMENT</Code>');
    expect(await replyTo('<Return><Id>1234567</Id></Return>')).toMatch(/<Refused>\s+<Code>WB_/);
  });

  it('asks, and gets what the far side says', async () => {
    const { kernel, memory } = await running();
    memory.divert('OUT', (message) => {
      const isRight = Buffer.from(message.body).toString().includes('<Question>\n  <Id>7</Id>');
      memory.put(message.replyTo ?? '', { correlationId: message.id, body: `<Answer><Allowed>${isRight ? 'Y' : 'N'}</Allowed></Answer>` });
    });
    expect(await kernel.request(eventNamed('return.asked'), { returnId: '7' })).toEqual({ allowed: true });
  });

  it('is not sent with data that its event does not have', async () => {
    const { kernel } = await running();
    await expect(kernel.publish(eventNamed('return.asked'), { returnID: '7' })).rejects.toMatchObject({ code: 'WB_EVENT_BAD_DATA' });
  });

  it('is read as the entry says, which its pack has options for', async () => {
    const { memory } = await running({ returns: { lenient: { unknown: 'ignore' }, limits: { elements: 3 } } });
    memory.put('IN', { body: '<Return><Id>7</Id><Colour>red</Colour></Return>', replyTo: 'BACK' });
    expect(Buffer.from((await memory.take('BACK')).body).toString()).toContain('<Text>L-7</Text>');
    memory.put('IN', { body: '<Return><Id>7</Id><A/><B/></Return>', replyTo: 'BACK' });
    expect(Buffer.from((await memory.take('BACK')).body).toString()).toContain('<Code>WB_XML_');
  });

  it('has no options but those of its format, and the manifest is refused at their place', async () => {
    await expect(running({ returns: { lenient: { unknown: 'drop' }, units: 'bytes' } })).rejects.toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({ path: 'inbound.returns.packs.returns.lenient.unknown' }),
        expect.objectContaining({ code: 'WB_MANIFEST_UNKNOWN_KEY', path: 'inbound.returns.packs.returns.units' }),
      ]) as unknown,
    });
  });

  it('is recorded with the keys that the file says', async () => {
    const { kernel, memory } = await running();
    memory.put('IN', { body: '<Return><Id>13</Id></Return>' });
    const row = await eventually(async () => (await kernel.desk.list()).rows[0] ?? false, { what: 'the row of the message' });
    expect(await kernel.desk.show(row)).toMatchObject({ type: 'Return@1', orderKey: '13', businessKeys: { return: '13' } });
  });
});
