import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, type Outside, removeFolder, transportSuite } from '@waybill/testing';
import file from '../src/index.ts';

interface Folders extends Outside {
  readonly base: string;
}

async function openFolders(): Promise<Folders> {
  const base = await makeFolder();
  let files = 0;
  const put = async (body: Uint8Array): Promise<undefined> => {
    const name = `${String(++files).padStart(6, '0')}.xml`;
    // As the README tells everybody who puts files there: write elsewhere, then rename.
    await writeFile(join(base, name), body);
    await rename(join(base, name), join(base, 'world', 'in', name));
  };
  await mkdir(join(base, 'world', 'in'), { recursive: true });
  return {
    base,
    connection: { path: join(base, 'world') },
    inbound: { folder: 'in', every: '20ms', settle: '0ms', limit: '2MB' },
    outbound: { folder: 'out' },
    put: (message) => put(message.body),
    async taken() {
      const out = join(base, 'world', 'out');
      const names = (await readdir(out)).filter((name) => !name.startsWith('.'));
      return Promise.all(names.map(async (name) => ({ body: await readFile(join(out, name)) })));
    },
    close: () => removeFolder(base),
  };
}

transportSuite(file, {
  prepare: openFolders,
  card: new URL('../waybill.plugin.json', import.meta.url),
  module: new URL('../src/index.ts', import.meta.url),
  putOversized: (folders) => folders.put?.({ body: new Uint8Array(2 * 1024 ** 2 + 1) }) ?? Promise.resolve(),
  breakConnection: ({ base }) => rename(join(base, 'world'), join(base, 'elsewhere')),
  repairConnection: ({ base }) => rename(join(base, 'elsewhere'), join(base, 'world')),
  unreachable: async ({ base }) => ({ connection: { path: join(base, 'missing'), create: false }, outbound: {} }),
});
