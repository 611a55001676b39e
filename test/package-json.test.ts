import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packages, plugins, published, root, rootJson } from '../scripts/generate/workspace.ts';
import { includes } from './house/ranges.ts';

const named = (list: typeof packages) => list.map((each) => [each.json.name, each] as const);

describe.each(named(packages))('the package.json of %s', (name, { room, json }) => {
  it('is named after its folder', () => {
    expect(name).toBe(`@waybill/${room}`);
  });

  it('says what the package is, under which licence, and that it is ESM', () => {
    expect(json.description).toMatch(/^[A-Z].{15,}\.$/);
    expect(json).toMatchObject({ license: 'Apache-2.0', type: 'module' });
  });
});

describe.each(named(published))('the package.json of the published %s', (_name, { folder, group, json }) => {
  it('runs on the versions of Node that are promised', () => {
    expect(json.engines).toEqual({ node: '^22.22.3 || >=24.15' });
  });

  it('exports its main module with types, and its package.json', () => {
    expect(json.exports).toMatchObject({
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    });
  });

  it('publishes what was built, for everybody', () => {
    expect(json.files).toContain('dist');
    expect(json.publishConfig).toEqual({ access: 'public' });
  });

  it('names the other packages by plain ranges, so that any tool packs it right', () => {
    const ranges = Object.values({ ...json.dependencies, ...json.devDependencies, ...json.peerDependencies });
    expect(ranges.filter((range) => range.includes(':'))).toEqual([]);
  });

  it('takes the others in the versions that it is tested with', () => {
    const versions = new Map(packages.map((each) => [each.json.name, each.json.version]));
    const asked = [json.dependencies, json.devDependencies, json.peerDependencies].flatMap((part) => Object.entries(part ?? {}));
    const ours = asked.filter(([name]) => versions.has(name));
    expect(ours.filter(([name, range]) => !includes(range, versions.get(name) ?? ''))).toEqual([]);
  });

  it('has the modules that it starts as threads and processes where its code looks for them', () => {
    const dist = join(root, folder, 'dist');
    const code = globSync('**/*.js', { cwd: dist }).map((file) => [file, readFileSync(join(dist, file), 'utf8')] as const);
    const named = code.flatMap(([file, text]) =>
      [...text.matchAll(/new URL\([^;]*?"(\.[^"]*\.js)", import\.meta\.url\)/g)].map(([, module = '']) =>
        join(dist, dirname(file), module),
      ),
    );
    expect(named.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('is found by what it is for', () => {
    const { keywords = [] } = json;
    expect(keywords.slice(0, group === 'plugins' ? 2 : 1)).toEqual(group === 'plugins' ? ['waybill', 'waybill-plugin'] : ['waybill']);
    expect(keywords.length).toBeGreaterThan(2);
    expect(keywords.filter((word, place) => !/^[a-z-]+$/.test(word) || keywords.indexOf(word) !== place)).toEqual([]);
  });

  it('says of where the project lives what the root says, and nothing where the root says nothing', () => {
    const { repository, homepage, bugs } = rootJson;
    const own = repository === undefined ? undefined : { ...(repository as object), directory: folder };
    expect([json.repository, json.homepage, json.bugs]).toEqual([own, homepage, bugs]);
  });

  it('is built before it is packed', () => {
    expect(json.scripts).toEqual({ prepack: 'node ../../scripts/prepack.mjs' });
  });
});

describe.each(named(plugins))('the package.json of the plugin %s', (_name, { json }) => {
  it('takes the contract as a peer, so that one copy serves all', () => {
    expect(Object.keys(json.peerDependencies ?? {})).toContain('@waybill/contract');
    expect(Object.keys(json.dependencies ?? {})).not.toContain('@waybill/contract');
  });

  it('ships its card where tools find it', () => {
    expect(json.files).toContain('waybill.plugin.json');
    expect(json.exports).toMatchObject({ './waybill.plugin.json': './waybill.plugin.json' });
  });
});
