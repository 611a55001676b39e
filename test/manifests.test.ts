import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Card } from '@waybill/contract/host';
import { checkManifest, formatProblems, manifestSchema, readManifest } from '@waybill/manifest';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { packages, plugins, root, textOf } from '../scripts/generate/workspace.ts';

const pages = [
  'README.md',
  'docs/manifest.md',
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

/** Every variable that a manifest asks for, with a value that a port can have, and anything else. */
function environmentFor(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/\$\{env:([A-Z0-9_]+)\}/g)].map(([, name = '']) => [name, '8080']));
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

/** The part of ajv that is used here; the checker of manifests depends on it, and nobody else. */
interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly object[] | null;
}
type AjvClass = new (options: object) => { compile(schema: object): Validator };

interface Node {
  readonly description?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly patternProperties?: Readonly<Record<string, Node>>;
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
}

const guides = ['transport-tcp', 'pack-returns'].map((room) => ({ folder: `test/guides/${room}` }));
const cards = [...plugins, ...guides].map(({ folder }) => JSON.parse(textOf(`${folder}/waybill.plugin.json`) ?? '') as Card);
const schema = manifestSchema(cards);

/** Every key of the schema, with the places of those that say nothing. */
function silentKeys(node: Node, path: string): readonly string[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([key, child]) => [
    ...(says(child) ? [] : [`${path}.${key}`]),
    ...silentKeys(child, `${path}.${key}`),
  ]);
  const further = [...Object.values(node.patternProperties ?? {}), ...(node.anyOf ?? []), ...(node.items ? [node.items] : [])];
  return [...own, ...further.flatMap((child) => silentKeys(child, path))];
}

/** In a union the branches may say it. */
function says({ description, const: constant, anyOf = [] }: Node): boolean {
  return description !== undefined || constant !== undefined || (anyOf.length > 0 && anyOf.every(says));
}

describe('the schema for editors, with every plugin of this repository', () => {
  it('says what every key is for', () => {
    expect([...new Set(silentKeys(schema as Node, ''))]).toEqual([]);
  });

  it.each(pages.flatMap(manifestsOn).map((one) => [one.name, one] as const))(
    'accepts the manifest of %s',
    async (_name, { text, ending }) => {
      const folder = await temporaryFolder();
      const file = join(folder, `waybill.${ending}`);
      await writeFile(file, text);
      const { Ajv } = createRequire(join(root, 'packages/manifest/package.json'))('ajv') as { readonly Ajv: AjvClass };
      const accepts = new Ajv({ strict: false }).compile(schema);
      accepts(plain(readManifest(file).root));
      expect(accepts.errors).toBeNull();
    },
  );
});

describe('the manifest in code on our page', () => {
  it('is in order for the kernel, which finds its plugins from the folder that is given', async () => {
    const { kernel } = await import('./guides/manifest-in-code/kernel.ts');
    const { inbound, plugins: found } = await kernel.check();
    expect([inbound.map(({ name }) => name), found.length]).toEqual([['order-status'], 3]);
  });
});

type Read = NonNullable<ReturnType<typeof readManifest>['root']>;

/** The value that was written, whatever it was written in. */
function plain(node: Read | undefined): unknown {
  if (node === undefined || node.kind === 'scalar') return node?.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries(Array.from(node.entries.values(), ({ key, value }) => [key, plain(value)]));
}
