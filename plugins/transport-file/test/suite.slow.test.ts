import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, type Outside, removeFolder, transportSuite } from '@waybill/testing';
import file from '../src/index.ts';

/** In milliseconds. */
const lease = 400;

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
    inbound: { folder: 'in', every: '20ms', settle: '0ms', limit: '2MB', lease: `${lease}ms` },
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

/** Takes the claims of all listeners from them, as a process on another machine does when a lease has run out, and leaves them to whoever is next. */
async function takeBack({ base }: Folders): Promise<void> {
  const claims = join(base, 'world', 'in', '.waybill', 'claims');
  for (const owner of await readdir(claims)) await rename(join(claims, owner), join(claims, `free-${owner}`));
}

const goAway = ({ base }: Folders) => rename(join(base, 'world'), join(base, 'elsewhere'));
const comeBack = ({ base }: Folders) => rename(join(base, 'elsewhere'), join(base, 'world'));

transportSuite(
  file,
  {
    prepare: openFolders,
    card: new URL('../waybill.plugin.json', import.meta.url),
    module: new URL('../src/index.ts', import.meta.url),
    putOversized: (folders) => folders.put?.({ body: new Uint8Array(2 * 1024 ** 2 + 1) }) ?? Promise.resolve(),
    lease,
    takeBack,
    breakConnection: goAway,
    repairConnection: comeBack,
    failSettlements: goAway,
    repairSettlements: comeBack,
    unreachable: async ({ base }) => ({ connection: { path: join(base, 'missing'), create: false }, outbound: {} }),
  },
  { report: new URL('../node_modules/.waybill/suite.json', import.meta.url) },
);
