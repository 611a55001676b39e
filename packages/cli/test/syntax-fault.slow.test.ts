import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, plugins, waybill } from './waybill.ts';

/** What `waybill check --connect` tells of an application with these files, of which the manifest names the first. */
async function toldOf(files: Readonly<Record<string, string>>) {
  const [app = ''] = Object.keys(files);
  const manifest = { plugins: plugins('journal-sqlite'), app: `./${app}`, journal: { use: 'sqlite', path: './journal.db' } };
  const cwd = await folderWith({ 'waybill.json': manifest, ...files });
  const { stdout } = await waybill(['check', '--connect', '--json'], { cwd });
  const { probed } = JSON.parse(stdout) as {
    readonly probed: readonly { readonly kind: string; readonly error?: { readonly at: string } }[];
  };
  const { at = '' } = probed.find(({ kind }) => kind === 'application')?.error ?? {};
  return { at, in: (file: string) => join(cwd, file) };
}

const broken = 'const handlers = 1;\nexport default {\n  handlers: [;\n};\n';

describe('an application that is not JavaScript as Node takes it', () => {
  it.each([
    ['itself', { 'app.mjs': broken }, 'app.mjs', ':3:14'],
    ['itself, in a package without a type', { 'app.js': `import 'node:fs';\n${broken}` }, 'app.js', ':4:14'],
    [
      'in a module that it imports',
      { 'app.mjs': `import './orders/status.mjs';`, 'orders/status.mjs': broken },
      'orders/status.mjs',
      ':3:14',
    ],
    ['where it imports what is not there', { 'app.mjs': `\nimport { nothing } from 'node:fs';` }, 'app.mjs', ':2:10'],
    ['in TypeScript', { 'app.ts': `const one = 1;\nenum Two { three }\nexport default Two;` }, 'app.ts', ':2:1'],
  ])('is told with file, line and column: %s', async (_where, files, file, position) => {
    const told = await toldOf(files);
    expect(told.at).toBe(`${told.in(file)}${position}`);
  });

  it('is told with its file alone where the fault is in what it read while it ran', async () => {
    const told = await toldOf({ 'app.mjs': `JSON.parse('{');` });
    expect(told.at).toBe(told.in('app.mjs'));
  });
});
