import { describe, expect, it } from 'vitest';
import { filesOf, packages, plugins, published, sourcesOf, textOf, type WorkspacePackage } from '../scripts/generate/workspace.ts';
import { type Import, importsOf, packageOf, target, withoutComments } from './house/imports.ts';

/** Who may import whom, by room. What is missing here may import the contract only. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  values: [],
  markup: [],
  'plugin-host': ['contract', 'manifest', 'text'],
  kernel: ['contract', 'manifest', 'plugin-host'],
  mapping: ['contract', 'values'],
  xml: ['contract', 'values', 'mapping'],
  'message-files': ['contract', 'manifest', 'values', 'mapping', 'xml', 'records'],
  records: ['contract', 'text', 'values', 'mapping'],
  testing: ['contract', 'kernel'],
  sim: ['contract', 'kernel', 'testing'],
  'mail-catcher': ['contract', 'markup'],
  cxml: ['contract', 'commerce', 'text', 'values', 'mapping', 'xml'],
  procurement: ['contract', 'commerce', 'cxml', 'values', 'markup'],
  'buyer-simulator': ['contract', 'commerce', 'cxml', 'markup'],
  cli: ['contract', 'kernel', 'manifest', 'plugin-host', 'text'],
  'journal-sqlite': ['contract', 'sqlite'],
  'transport-mq': ['contract', 'text'],
  'transport-queue': ['contract', 'sqlite'],
  pack: ['contract', 'values', 'mapping', 'xml', 'records', 'commerce'],
  'pack-procurement': ['contract', 'commerce', 'cxml', 'text'],
  dataload: ['contract', 'xml'],
  'reference-store': ['contract', 'commerce', 'procurement'],
};

const rooms = new Map(packages.map((each) => [each.json.name, each]));

function allowedFor({ room, group }: WorkspacePackage): readonly string[] {
  const kind = mayImport[room] === undefined && room.startsWith('pack-') ? 'pack' : room;
  if (mayImport[kind]) return mayImport[kind];
  return group === 'examples' ? packages.map((each) => each.room) : ['contract'];
}

const importsIn = (each: WorkspacePackage): readonly Import[] => sourcesOf(each).flatMap(importsOf);

const shown = ({ file, from }: Import): string => `${file} imports ${from}`;

describe.each(packages.map((each) => [each.json.name, each] as const))('the sources of %s', (name, each) => {
  it('import only the packages that their room may import', () => {
    const allowed = allowedFor(each);
    const wrong = importsIn(each).filter((one) => {
      const other = rooms.get(packageOf(one) ?? '');
      return other && other.json.name !== name && !allowed.includes(other.room);
    });
    expect(wrong.map(shown)).toEqual([]);
  });

  it('import nothing below the exports of another package', () => {
    const wrong = importsIn(each).filter((one) => {
      const other = rooms.get(packageOf(one) ?? '');
      if (!other) return false;
      const path = `.${one.from.slice(other.json.name.length)}`;
      return other.json.name === name || !(path in (other.json.exports ?? {}));
    });
    expect(wrong.map(shown)).toEqual([]);
  });

  it('stay inside their own src folder', () => {
    const wrong = importsIn(each).filter((one) => one.from.startsWith('.') && !target(one).startsWith(`${each.folder}/src/`));
    expect(wrong.map(shown)).toEqual([]);
  });

  it('import only what the package.json declares for those who install it', () => {
    const { dependencies, peerDependencies } = each.json;
    const declared = new Set([...Object.keys(dependencies ?? {}), ...Object.keys(peerDependencies ?? {})]);
    const wrong = importsIn(each).filter((one) => packageOf(one) !== undefined && !declared.has(packageOf(one) ?? ''));
    expect(wrong.map(shown)).toEqual([]);
  });

  it('use every dependency that the package.json declares, in code or in a manifest', () => {
    const manifests = filesOf(each).filter((file) => /\.(jsonc?|ya?ml)$/.test(file));
    const named = manifests.flatMap((file) => (textOf(file) ?? '').match(/(?<=")@waybill\/[a-z-]+(?=")/g) ?? []);
    // A message file needs what reads it, and names it nowhere.
    if (manifests.some((file) => /\.message\.ya?ml$/.test(file))) named.push('@waybill/message-files');
    const used = new Set(importsIn(each).map(packageOf));
    const kept = Object.keys({ ...each.json.dependencies, ...requiredPeers(each) });
    expect(kept.filter((dependency) => !used.has(dependency) && !named.includes(dependency))).toEqual([]);
  });

  it('have no import cycle, not even of types', () => {
    const graph = new Map(sourcesOf(each).map((file) => [file, importsOf(file).map(target)]));
    expect(cycleIn(graph)).toEqual([]);
  });
});

describe('the packages', () => {
  it('have no cycle among them', () => {
    const graph = new Map(packages.map(({ json }) => [json.name, Object.keys({ ...json.dependencies, ...json.peerDependencies })]));
    expect(cycleIn(graph)).toEqual([]);
  });

  it('keep the dependencies of a plugin to that plugin', () => {
    const shared = ['typebox', ...rooms.keys()];
    for (const { json } of plugins) {
      for (const dependency of Object.keys(json.dependencies ?? {}).filter((one) => !shared.includes(one))) {
        const users = published.filter((other) => dependency in { ...other.json.dependencies, ...other.json.peerDependencies });
        expect(
          users.map((user) => user.json.name),
          `who depends on ${dependency}`,
        ).toEqual([json.name]);
      }
    }
  });
});

describe('the contract', () => {
  it('depends on TypeBox only', () => {
    const contract = rooms.get('@waybill/contract');
    expect(Object.keys({ ...contract?.json.dependencies, ...contract?.json.peerDependencies })).toEqual(['typebox']);
  });
});

describe('the manifest checker', () => {
  const manifest = rooms.get('@waybill/manifest') as WorkspacePackage;
  const libraries = `${manifest.folder}/src/libraries.ts`;
  const code = sourcesOf(manifest).map((file) => ({ file, text: runTimeCode(file) }));

  it('has no means to run the code of a plugin', () => {
    const means = /\bimport\s*\(|\brequire\b|\bcreateRequire\b|\beval\b|\bFunction\s*\(|\bdlopen\b|\bgetBuiltinModule\b/;
    expect(code.filter(({ file, text }) => file !== libraries && means.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('uses only those modules of Node that run nothing', () => {
    const harmless = ['node:fs', 'node:path'];
    const wrong = importsIn(manifest).filter(
      ({ file, from }) => from.startsWith('node:') && !harmless.includes(from) && file !== libraries,
    );
    expect(wrong.map(shown)).toEqual([]);
    expect(
      importsOf(libraries)
        .filter(({ from }) => from.startsWith('node:'))
        .map(({ from }) => from),
    ).toEqual(['node:module']);
  });

  it('loads late only its own libraries, each by its name', () => {
    const text = runTimeCode(libraries);
    const loaded = [...text.matchAll(/\brequire\('([^']+)'\)/g)].map(([, name = '']) => name);
    const own = Object.keys(manifest.json.dependencies ?? {}).filter((name) => !rooms.has(name));
    expect(loaded.filter((name) => !own.includes(name))).toEqual([]);
    // Declared once, and otherwise only called with a name: it is neither handed on nor called with a variable.
    expect(text.match(/\brequire\b/g)).toHaveLength(loaded.length + 1);
    expect(text).toContain('const require = createRequire(import.meta.url);');
    expect(text).not.toMatch(/\bimport\s*\(|\bcreateRequire\b(?!\(import\.meta\.url\)| \})/);
  });
});

describe.each(['kernel', 'plugin-host'])('the room %s', (room) => {
  const home = rooms.get(`@waybill/${room}`) as WorkspacePackage;
  const code = sourcesOf(home).map((file) => ({ file, text: withoutComments(textOf(file) ?? '') }));

  it('names no plugin', () => {
    const names = plugins.map(({ json }) => json.name);
    expect(code.filter(({ text }) => names.some((name) => text.includes(name))).map(({ file }) => file)).toEqual([]);
  });

  it('names no message and no command', () => {
    const cards = plugins.map(({ folder }) => JSON.parse(textOf(`${folder}/waybill.plugin.json`) ?? '{}') as CardNames);
    const messages = cards.flatMap((card) => (card.messages ?? []).map(({ name }) => name));
    const names = [...messages, ...cards.flatMap((card) => Object.keys({ ...card.commands, ...card.events }))];
    const found = code.flatMap(({ file, text }) => names.filter((name) => text.includes(name)).map((name) => `${file} names ${name}`));
    expect(found).toEqual([]);
  });
});

/** The code of a file as it runs: without comments and without the types of modules. */
function runTimeCode(file: string): string {
  return withoutComments(textOf(file) ?? '').replaceAll(/\btypeof import\('[^']+'\)/g, 'unknown');
}

interface CardNames {
  readonly messages?: readonly { readonly name: string }[];
  readonly commands?: Readonly<Record<string, string>>;
  readonly events?: Readonly<Record<string, string>>;
}

function requiredPeers({ json }: WorkspacePackage): Readonly<Record<string, string>> {
  const required = Object.entries(json.peerDependencies ?? {}).filter(([name]) => !json.peerDependenciesMeta?.[name]?.optional);
  return Object.fromEntries(required);
}

/** The first cycle of a graph, as the way around it; empty when there is none. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): readonly string[] => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return [];
    done.add(node);
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...way, node]);
      if (cycle.length > 0) return cycle;
    }
    return [];
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
