import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorTables } from '../scripts/generate/errors.ts';
import { libraries, packages, plugins, published, root, sourcesOf, textOf } from '../scripts/generate/workspace.ts';

const tables = await errorTables();
const guides = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/architecture.md',
  'docs/journal-postgres.md',
  'docs/vocabulary.md',
  'docs/decisions.md',
  'docs/errors.md',
  'docs/guarantees.md',
  'docs/manifest.md',
  'docs/operating.md',
  'docs/testing-your-application.md',
  'docs/testing-handlers-against-crashes.md',
  'docs/writing-a-transport.md',
  'docs/writing-a-pack.md',
  'docs/notifications.md',
];

describe.each(packages.map((each) => [each.json.name, each] as const))('the README of %s', (_name, each) => {
  const text = textOf(`${each.folder}/README.md`) ?? '';

  it('is there and begins with the name of the package', () => {
    expect(text.split('\n')[0]).toMatch(each.json.private ? /^# ./ : new RegExp(`^# .*${each.room}`));
  });

  it('is linked from the README of the repository', () => {
    expect(textOf('README.md')).toContain(`](${each.folder}/README.md)`);
  });
});

describe.each(published.map((each) => [each.json.name, each] as const))('the README of the published %s', (name, { folder }) => {
  it('shows how to install it', () => {
    expect(textOf(`${folder}/README.md`)).toMatch(new RegExp(`npm (install|i) .*${name}`));
  });
});

describe.each(plugins.map((each) => [each.json.name, each] as const))('the README of the plugin %s', (_name, each) => {
  const text = textOf(`${each.folder}/README.md`) ?? '';

  it('explains every error that the plugin throws', () => {
    expect(Object.keys(tables.get(each) ?? {}).filter((code) => !text.includes(code))).toEqual([]);
  });

  it('shows what the card holds', () => {
    const { kind } = JSON.parse(textOf(`${each.folder}/waybill.plugin.json`) ?? '{}') as { kind?: string };
    const expected = { transport: ['guarantees', 'settings'], journal: ['settings'], 'message-pack': ['messages'] }[kind ?? ''] ?? ['card'];
    for (const marker of expected) expect(text).toContain(`<!-- generated:${marker}`);
  });
});

/** What a page links to in this repository, without the part behind `#`. */
function localLinks(page: string): readonly string[] {
  const links = [...(textOf(page) ?? '').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((link) => link[1] ?? '');
  return links.filter((link) => !/^[a-z]+:/.test(link));
}

describe('the decisions', () => {
  it('say when they were taken', () => {
    const titles = (textOf('docs/decisions.md') ?? '').split('\n\n').filter((paragraph) => paragraph.startsWith('**'));
    expect(titles.length).toBeGreaterThan(40);
    expect(titles.filter((title) => !/^\*\*[^*]+\*\* \((?:[^)]+, )?20\d\d-\d\d-\d\d\)/.test(title))).toEqual([]);
  });
});

describe('the architecture', () => {
  it('names only source files that are there', () => {
    const sources = packages.flatMap(sourcesOf);
    const named = [...(textOf('docs/architecture.md') ?? '').matchAll(/`([\w./-]+\.ts)`/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((file) => !sources.some((source) => source.endsWith(`/${file}`)) && textOf(file) === undefined)).toEqual([]);
  });
});

describe('llms.txt', () => {
  it('leads to the README of every package and to every page', () => {
    const links = localLinks('llms.txt');
    const pages = [...packages.map(({ folder }) => `${folder}/README.md`), ...guides];
    expect(pages.filter((page) => !links.includes(page))).toEqual([]);
  });

  it('begins with the name of the project and what it is', () => {
    expect(textOf('llms.txt')).toMatch(/^# Waybill\n\n> /);
  });

  it('leads to the API text of every library', () => {
    const links = localLinks('llms.txt');
    expect(libraries.map(({ room }) => `docs/api/${room}.txt`).filter((file) => !links.includes(file))).toEqual([]);
  });
});

describe('the pages', () => {
  it.each(guides)('are there: %s', (page) => {
    expect(textOf(page)).toMatch(/^(<!--.*-->\n\n)?# /);
  });

  it.each([...guides, 'llms.txt', ...packages.map(({ folder }) => `${folder}/README.md`)])('link only to what is there: %s', (page) => {
    expect(localLinks(page).filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });
});
