import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineCommand, defineMessagePack, MessageError, Type } from '@waybill/contract';
import { type ApplicationSpec, handle, handleNamed } from '@waybill/contract/application';
import { type CheckedManifest, checkManifest, ManifestError, readManifest } from '@waybill/manifest';
import { memoryJournalPlugin, recordingLog, temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { inspectMessage } from '../src/index.ts';
import { givenPlugins, loadPlugins } from '../src/loading/plugins.ts';
import { probeManifest } from '../src/loading/probe.ts';

const receive = defineCommand({ name: 'return.receive', summary: 'Records.', input: Type.Object({ returnId: Type.String() }) });
const inCode = defineMessagePack({
  name: 'in-code',
  summary: 'Declares the command.',
  messages: [{ name: 'Coded', version: '1', direction: 'in', summary: '', commands: [receive] }],
  recognise: () => undefined,
  read: never,
  compose: never,
});

function never(): never {
  throw new TypeError('Nothing is read or composed here.');
}

const file = (command: string, field = 'returnId') =>
  `messages:\n  - { message: Return, version: "1.0", command: ${command}, body: [{ Id: ${field} as id }] }\n`;

const application = (...names: readonly string[]): ApplicationSpec => ({
  handlers: names.map((name) => handleNamed(name, () => undefined)),
});

/** A checked manifest in a folder of its own, with the real reader of message files installed there. */
async function manifestWith(text: string, more: object = {}): Promise<CheckedManifest> {
  const folder = await temporaryFolder();
  mkdirSync(join(folder, 'node_modules', '@waybill'), { recursive: true });
  symlinkSync(fileURLToPath(new URL('../../message-files', import.meta.url)), join(folder, 'node_modules', '@waybill', 'message-files'));
  writeFileSync(join(folder, 'returns.message.yaml'), text);
  const parts = { name: 'test', plugins: ['./returns.message.yaml'], journal: { use: 'memory' }, ...more };
  const checked = checkManifest(readManifest(parts, { folder }), { given: givenPlugins([memoryJournalPlugin, inCode]) });
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems));
  return checked.manifest;
}

async function problemsOf(loading: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await loading.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof ManifestError)) throw new Error(`not refused as a manifest: ${String(error)}`);
  return error.problems.map(({ code, line, column, message }) => `${code} ${line}:${column} ${message}`);
}

describe('loading a message file', () => {
  it('makes a pack of it that knows the commands of packs with code', async () => {
    const { packs } = await loadPlugins(await manifestWith(file('return.receive')));
    const [, returns] = packs;
    expect(packs.map(({ name }) => name)).toEqual(['in-code', 'returns']);
    expect(returns?.messages[0]?.commands?.[0]).toBe(receive);
  });

  it('tells what is wrong in it, by the whole schema of the command, and loads nothing', async () => {
    const loading = loadPlugins(await manifestWith(file('return.receive', 'returnID')));
    expect(await problemsOf(loading)).toEqual(['WB_MESSAGE_FILE_UNKNOWN_FIELD 2:74 There is no field returnID.']);
  });

  it('knows the commands that the application alone declares', async () => {
    const own = defineCommand({ name: 'stock.count', summary: 'Counts.', input: Type.Object({ sku: Type.String() }) });
    const { packs } = await loadPlugins(await manifestWith(file('stock.count', 'sku')), undefined, async () => ({
      handlers: [handle(own, () => undefined)],
    }));
    expect(packs[1]?.messages[0]?.commands?.[0]).toBe(own);
  });

  it('refuses a command that nobody handles', async () => {
    const loading = loadPlugins(await manifestWith(file('return.receive')), undefined, async () => application('stock.count'));
    expect(await problemsOf(loading)).toEqual(['WB_MESSAGE_FILE_UNHANDLED 2:49 The application has no handler for return.receive.']);
  });

  it('refuses a command that nobody knows', async () => {
    const loading = loadPlugins(await manifestWith(file('return.recieve')), undefined, async () => application('return.receive'));
    expect(await problemsOf(loading)).toEqual(['WB_MESSAGE_FILE_UNKNOWN_COMMAND 2:49 Nobody knows a command "return.recieve".']);
  });

  it('does not ask for the application where there is no such file', async () => {
    const manifest = await manifestWith(file('return.receive'));
    const asked: string[] = [];
    await loadPlugins(
      { ...manifest, plugins: manifest.plugins.filter(({ messageFile }) => messageFile === undefined) },
      undefined,
      async () => {
        asked.push('application');
        return application();
      },
    );
    expect(asked).toEqual([]);
  });
});

describe('probing a manifest with a message file', () => {
  it('tells what the application does not handle', async () => {
    const manifest = await manifestWith(file('return.receive'));
    const app = join(manifest.folder, 'app.mjs');
    const contract = new URL('../../contract/dist/application-author.js', import.meta.url).href;
    writeFileSync(
      app,
      `import { defineApplication } from ${JSON.stringify(contract)};\nexport default defineApplication({ handlers: [] });\n`,
    );
    const probed = await probeManifest({ ...manifest, app }, { log: recordingLog().log, kinds: ['application'] });
    expect(probed.map(({ kind, error }) => [kind, error?.code])).toEqual([['application', 'WB_MANIFEST_INVALID']]);
    expect(probed[0]?.error?.message).toContain('The application has no handler for return.receive.');
  });
});

describe('a pack that knows a message in other versions only', () => {
  const unknown = () => {
    throw new MessageError('WB_TEST_VERSION', 'There is no version 4.', { kind: 'unknown' });
  };
  const first = defineMessagePack({ ...inCode, name: 'first', recognise: unknown });
  const second = defineMessagePack({ ...inCode, name: 'second', recognise: () => ({ name: 'Coded', version: '1' }) });
  const message = { id: 'm', createdAt: 0, body: new Uint8Array(), properties: {} };

  it('leaves it to a further pack that has the version', () => {
    expect(inspectMessage([first, second], message)?.pack.name).toBe('second');
  });

  it('says so where no pack has it', () => {
    expect(() => inspectMessage([first, inCode], message)).toThrowError(expect.objectContaining({ code: 'WB_TEST_VERSION' }));
  });

  it('is not passed over where the message is wrong in another way', () => {
    const broken = defineMessagePack({ ...inCode, name: 'broken', recognise: () => never() });
    expect(() => inspectMessage([broken, second], message)).toThrowError(expect.objectContaining({ code: 'WB_PACK_FAILED' }));
  });
});
