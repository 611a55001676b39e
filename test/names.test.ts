import { execFileSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packages, root, sourcesOf, textOf } from '../scripts/generate/workspace.ts';
import { withoutComments } from './house/imports.ts';
import { holdsWord, wordsNotToBeUsed } from './house/vocabulary.ts';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n');
const files = tracked.filter((file) => textOf(file) !== undefined);
const code = files.filter((file) => /\.(ts|mjs|js)$/.test(file));
const sources = packages.flatMap(sourcesOf);

/** Names declared in a source file: of types, classes, functions and constants at the top level. */
function declared(file: string): readonly string[] {
  const statements =
    /^(?:export )?(?:default )?(?:declare )?(?:abstract )?(?:async )?(?:interface|type|class|function\*?|const|let) ([\w$]+)/gm;
  return [...withoutComments(textOf(file) ?? '').matchAll(statements)].map((match) => match[1] ?? '');
}

/** Names of types and classes: those that begin with a capital letter. */
function typesIn(file: string): readonly string[] {
  return declared(file).filter((name) => /^[A-Z]/.test(name));
}

describe('file names', () => {
  it('are in kebab-case', () => {
    expect(code.filter((file) => !/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(basename(file)))).toEqual([]);
  });

  it('name a subject', () => {
    expect(sources.filter((file) => /^(utils?|helpers?|common|misc|types|constants)\.(ts|mjs|js)$/.test(basename(file)))).toEqual([]);
  });
});

describe('type names', () => {
  it('carry no I, no Impl and no Manager', () => {
    const wrong = sources.flatMap((file) => typesIn(file).filter((name) => /^I[A-Z][a-z]|Impl$|Manager$/.test(name)));
    expect(wrong).toEqual([]);
  });
});

describe('the vocabulary', () => {
  const taken = wordsNotToBeUsed();

  it('says of many words that they are not to be used', () => {
    expect(taken).toContainEqual({ instead: 'parked', parts: ['dead', 'letter'] });
    expect(taken).toContainEqual({ instead: 'transport', parts: ['adapter'] });
    expect(taken).not.toContainEqual({ instead: 'plugin', parts: ['module'] });
    expect(taken.length).toBeGreaterThan(60);
  });

  it.each([
    ['DeadLetter', 'dead letter'],
    ['deadletters', 'dead letter'],
    ['sendKeepAlive', 'keep-alive'],
    ['FileAdapters', 'adapter'],
    ['WB_DRIVER', 'driver'],
  ])('is broken by %s', (name, word) => {
    expect(holdsWord(name, { instead: '', parts: word.split(/[ -]/) })).toBe(true);
  });

  it.each([
    ['adapted', 'adapter'],
    ['keepOneAlive', 'keep-alive'],
    ['block', 'lock'],
    ['package', 'ack'],
  ])('is kept by %s', (name, word) => {
    expect(holdsWord(name, { instead: '', parts: word.split(/[ -]/) })).toBe(false);
  });

  it('is kept by every declared name', () => {
    const wrong = sources.flatMap((file) =>
      declared(file).flatMap((name) =>
        taken.filter((word) => holdsWord(name, word)).map((word) => `${file}: ${name} is ${articleFor(word.instead)}`),
      ),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });
});

function articleFor(word: string): string {
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}

describe('files', () => {
  it('are short enough to have one subject', () => {
    expect(code.filter((file) => (textOf(file) ?? '').split('\n').length > 251)).toEqual([]);
  });

  it('name no folder and no host of the machine that they were written on', () => {
    const own = ['test/names.test.ts', 'pnpm-lock.yaml'];
    const local = /\/(?:work|farm|root)\/|registry\.npmjs|deb\.debian/;
    expect(files.filter((file) => !own.includes(file) && local.test(textOf(file) ?? ''))).toEqual([]);
  });
});

describe('folders', () => {
  const sourcesOfPackages = packages.filter(({ group }) => group !== 'examples').flatMap(sourcesOf);

  it('hold few enough files to be taken in at one look', () => {
    const crowded = [...Map.groupBy(sourcesOfPackages, dirname)].filter(([, held]) => held.length > 12);
    expect(crowded.map(([folder, held]) => `${folder} holds ${held.length} files`)).toEqual([]);
  });
});

describe('tests', () => {
  const tests = code.filter((file) => /\/test\//.test(`/${file}`));

  it('are all run', () => {
    const left = new RegExp(`\\b(?:it|test|describe)\\.(?:${['skip', 'only', 'todo'].join('|')})\\b`);
    expect(tests.filter((file) => left.test(textOf(file) ?? ''))).toEqual([]);
  });
});
