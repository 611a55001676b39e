import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkManifest, formatProblems, readManifest } from '@waybill/manifest';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { packages, root, textOf } from '../scripts/generate/workspace.ts';

const pages = [
  'README.md',
  'docs/writing-a-transport.md',
  'docs/writing-a-pack.md',
  ...packages.map(({ folder }) => `${folder}/README.md`),
];

/** The whole manifests on a page: those that name plugins. */
function manifestsOn(page: string): readonly { readonly name: string; readonly text: string; readonly ending: string }[] {
  const blocks = [...(textOf(page) ?? '').matchAll(/```(jsonc?|ya?ml)\n([\s\S]*?)```/g)];
  return blocks
    .filter(([, , text = '']) => /^\s*"?plugins"?:/m.test(text))
    .map(([, ending = '', text = ''], index) => ({ name: `${page}, number ${index + 1}`, text, ending }));
}

/** A folder in which everything is installed that manifests on pages name. */
async function somebodysFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await symlink(join(root, 'test', 'guides'), join(folder, 'plugins'));
  await mkdir(join(folder, 'secrets'));
  await writeFile(join(folder, 'app.js'), '');
  return folder;
}

/** Every variable that a manifest asks for. */
function environmentFor(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/\$\{env:([A-Z0-9_]+)\}/g)].map(([, name = '']) => [name, 'value']));
}

describe('the manifests on our pages', () => {
  it.each(pages.flatMap(manifestsOn).map((one) => [one.name, one] as const))('are in order: %s', async (_name, { text, ending }) => {
    const folder = await somebodysFolder();
    for (const [, file = ''] of text.matchAll(/\$\{file:([^}]+)\}/g)) await writeFile(join(folder, file), 'value');
    const file = join(folder, `waybill.${ending}`);
    await writeFile(file, text);
    const result = checkManifest(readManifest(file), { env: environmentFor(text) });
    expect('problems' in result ? formatProblems(result.problems) : '').toBe('');
  });
});
