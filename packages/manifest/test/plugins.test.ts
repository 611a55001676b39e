import { join } from 'node:path';
import { cardOf } from '@waybill/contract/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkManifest } from '../src/check.ts';
import { readManifest } from '../src/read/manifest.ts';
import { notebook, parcels, wire } from './fixture-plugins.ts';
import { accepted, environment, good, places, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const inFolder = (...names: readonly string[]) => join(workshop.folder, ...names);

describe('a plugin', () => {
  const check = (...plugins: readonly string[]) =>
    workshop.check(`{ "plugins": ${JSON.stringify(['@fixture/notebook', ...plugins])}, "journal": { "use": "notebook" } }`);
  const mainOf = (specifier: string) => accepted(check(specifier)).plugins[1]?.main;
  const place = '1:35 plugins[1]';

  it.each([
    ['"exports" with the condition import', { exports: { '.': { types: './x.d.ts', import: './index.js' } } }],
    ['"exports" with conditions only', { exports: { require: './no.cjs', node: { default: './index.js' } } }],
    ['"exports" with a path', { exports: './index.js' }],
    ['"main"', { main: 'index' }],
    ['neither', {}],
  ])('is found by %s', (_, packageJson) => {
    workshop.install('other-wire', cardOf(wire), packageJson);
    expect(mainOf('other-wire')).toBe(inFolder('node_modules', 'other-wire', 'index.js'));
  });

  it('is found in a folder', () => {
    workshop.write('plugins/mine/waybill.plugin.json', JSON.stringify(cardOf(wire)));
    workshop.write('plugins/mine/index.js', workshop.trap('mine'));
    expect(mainOf('./plugins/mine')).toBe(inFolder('plugins', 'mine', 'index.js'));
  });

  it('is found in the node_modules of a folder above, as Node finds it', () => {
    workshop.write('deep/down/waybill.json', good.replace('"app": "./app.js",', ''));
    const result = checkManifest(readManifest(inFolder('deep', 'down', 'waybill.json')), { env: environment });
    expect('manifest' in result && result.manifest.plugins[0]?.main).toBe(inFolder('node_modules', '@fixture', 'wire', 'index.js'));
  });

  it('is the nearest where folders above have one of the same name, too', () => {
    workshop.install('other-wire', cardOf(wire), {});
    workshop.write('near/node_modules/other-wire/package.json', '{}');
    workshop.write('near/node_modules/other-wire/waybill.plugin.json', JSON.stringify(cardOf(wire)));
    workshop.write('near/node_modules/other-wire/index.js', workshop.trap('near'));
    workshop.write('near/waybill.json', '{ "plugins": ["@fixture/notebook", "other-wire"], "journal": { "use": "notebook" } }');
    const result = checkManifest(readManifest(inFolder('near', 'waybill.json')), { env: environment });
    expect('manifest' in result && result.manifest.plugins[1]?.main).toBe(inFolder('near', 'node_modules', 'other-wire', 'index.js'));
  });

  it('may know another version of a message that one before it knows', () => {
    const card = cardOf(parcels) as { readonly messages: readonly object[] };
    const messages = card.messages.map((message) => ({ ...message, version: '99' }));
    workshop.install('next-parcels', JSON.stringify({ ...card, name: 'next-parcels', messages }));
    expect(places(check('@fixture/parcels', 'next-parcels'))).toEqual([]);
  });

  it.each([
    ['without a card', undefined, 'WB_PLUGIN_BAD_CARD', /it has no waybill\.plugin\.json/],
    ['with a card that is not JSON', '{', 'WB_PLUGIN_BAD_CARD', /it is not JSON/],
    ['with a card that is no object', '[]', 'WB_PLUGIN_BAD_CARD', /does not say for which contract/],
    ['with a card of another kind', JSON.stringify({ ...cardOf(wire), kind: 'pigeon' }), 'WB_PLUGIN_BAD_CARD', /"kind" is none of/],
    ['with half a card', JSON.stringify({ ...cardOf(wire), connection: undefined }), 'WB_PLUGIN_BAD_CARD', /needs "connection"/],
    [
      'with guarantees that nobody knows',
      JSON.stringify({ ...cardOf(wire), send: { endpoint: { type: 'object', properties: {} }, guarantees: {} } }),
      'WB_PLUGIN_BAD_CARD',
      /send\.guarantees/,
    ],
    [
      'with guarantees of another time',
      JSON.stringify(cardOf(wire)).replace('"transacted":false', '"transacted":"no"'),
      'WB_PLUGIN_BAD_CARD',
      /receive\.guarantees\.transacted/,
    ],
    [
      'with a wait that is no number',
      JSON.stringify(cardOf(wire)).replace('"upTo":60000', '"upTo":"1m"'),
      'WB_PLUGIN_BAD_CARD',
      /receive\.guarantees\.redelivers/,
    ],
    [
      'with rules that are none',
      JSON.stringify(cardOf(wire)).replace('"needs":["port"]', '"needs":"port"'),
      'WB_PLUGIN_BAD_CARD',
      /receive\.rules\.needs/,
    ],
    ['with options that are none', JSON.stringify({ ...cardOf(parcels), options: ['lenient'] }), 'WB_PLUGIN_BAD_CARD', /options/],
    ['of a later contract', JSON.stringify({ ...cardOf(wire), contract: 2 }), 'WB_PLUGIN_OTHER_CONTRACT', /written for contract 2/],
  ] as const)('%s is refused', (_, card, code, message) => {
    workshop.install('odd-one', card);
    if (card === undefined) workshop.remove('node_modules/odd-one/waybill.plugin.json');
    const verdict = check('odd-one');
    expect(places(verdict)).toEqual([`${code} ${place}`]);
    expect(verdict.problems[0]?.message).toMatch(message);
  });

  it('of an earlier contract is refused by saying what to install', () => {
    workshop.install('old-one', JSON.stringify({ ...cardOf(wire), contract: 0 }));
    expect(check('old-one').problems[0]?.hint).toBe('To install what fits: npm install old-one@latest');
  });

  it('whose module was not built is refused', () => {
    workshop.install('not-built', cardOf(wire), { exports: { '.': './dist/index.js' } });
    expect(places(check('not-built'))).toEqual([`WB_PLUGIN_NO_MAIN ${place}`]);
  });

  it('in a folder that does not exist is refused', () => {
    expect(places(check('./plugins/nobody'))).toEqual([`WB_PLUGIN_NOT_INSTALLED ${place}`]);
    expect(check('./plugins/nobody').problems[0]?.message).toBe('The folder ./plugins/nobody does not exist.');
  });

  it('is the folder, not a file in it', () => {
    const [problem] = check('./app.js').problems;
    expect(problem).toMatchObject({
      message: './app.js is a file; a plugin is the folder of its package.',
      hint: expect.stringContaining(workshop.folder) as string,
    });
  });

  it('is looked for in a folder that the hint names', () => {
    const hint = `It was looked for in node_modules of ${workshop.folder} and of the folders above it. Check the spelling, then install the package there.`;
    expect(check('@acme/nope').problems[0]?.hint).toBe(hint);
  });

  it('is looked for in the folder that is given with a manifest in code, and the hint says so', () => {
    const manifest = { plugins: ['@acme/nope'], journal: { use: 'notebook' } };
    const result = checkManifest(readManifest(manifest, { folder: workshop.folder }));
    const hints = 'problems' in result ? result.problems.map(({ hint }) => hint) : [];
    expect(hints[0]).toContain(`node_modules of ${workshop.folder}`);
    expect(hints[0]).toMatch(/Of a manifest in code, that is the "folder" given with it\.$/);
  });

  it('is not offered for installing under a name that may be misspelt', () => {
    for (const name of ['@fixture/wrie', '@waybill/transport-flie', 'transprot-http'])
      expect(check(name).problems[0]?.hint).not.toContain(`npm install ${name}`);
  });

  it('is offered for installing where a package.json names it', () => {
    const file = workshop.write('package.json', JSON.stringify({ dependencies: { '@acme/nope': '^1.0.0' } }));
    try {
      expect(check('@acme/nope').problems[0]?.hint).toContain(`${file} names it: run npm install beside that.`);
    } finally {
      workshop.remove('package.json');
    }
  });

  it('is not found where Yarn has put packages into archives, which is said', () => {
    workshop.write('.pnp.cjs', '');
    try {
      expect(check('@acme/nope').problems[0]?.hint).toMatch(/Plug'n'Play.+nodeLinker: node-modules/);
    } finally {
      workshop.remove('.pnp.cjs');
    }
  });

  it.each(['fs', 'node:fs', 'a/b/c', '@/x', 'https://example.org/x', ' '])('is not taken from elsewhere: %s', (specifier) => {
    expect(check(specifier).problems[0]?.code).toBe('WB_PLUGIN_NOT_INSTALLED');
  });

  it('of the name of another one is refused', () => {
    workshop.install('second-notebook', cardOf(notebook));
    const verdict = check('second-notebook');
    expect(places(verdict)).toEqual([`WB_PLUGIN_TWICE ${place}`]);
    expect(verdict.problems[0]?.message).toBe('Both "@fixture/notebook" and "second-notebook" provide the journal "notebook".');
  });

  it('is not needed in the manifest when it is given as code', () => {
    const source = readManifest({ journal: { use: 'notebook' } }, { folder: workshop.folder });
    const given = [{ specifier: '(given)', card: cardOf(notebook), main: '(given)' }];
    expect(checkManifest(source, { given })).toMatchObject({ manifest: { journal: { plugin: { main: '(given)' } } } });
  });

  it('never runs while a manifest is checked', () => {
    expect(workshop.ran()).toEqual([]);
  });
});

describe('a schema with keywords that only ajv knows', () => {
  const card = {
    ...cardOf(wire),
    name: 'odd',
    connection: {
      type: 'object',
      additionalProperties: false,
      properties: {
        host: { type: 'string', description: 'x' },
        socket: { type: 'string', description: 'x' },
        port: { not: { const: 25 } },
      },
      dependentRequired: { port: ['host'] },
      if: { not: { required: ['socket'] } },
      else: { not: { required: ['host'] } },
    },
  };
  const check = (connection: object) => {
    workshop.install('odd-wire', JSON.stringify(card));
    return places(
      workshop.check(`{ "plugins": ["@fixture/notebook", "odd-wire"], "journal": { "use": "notebook" },
"connections": { "a": ${JSON.stringify({ transport: 'odd', ...connection })} } }`),
    );
  };

  it('accepts what it describes', () => {
    expect(check({ host: 'x', port: 26 })).toEqual([]);
  });

  it('finds what it forbids, with its place', () => {
    expect(check({ host: 'x', port: 25 })).toEqual(['WB_MANIFEST_BAD_VALUE 2:60 connections.a.port']);
    expect(check({ host: 'x', socket: 'y' })).toContain('WB_MANIFEST_BAD_VALUE 2:23 connections.a');
  });
});
