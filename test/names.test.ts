import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packages, root, sourcesOf, textOf } from '../scripts/generate/workspace.ts';
import { withoutComments } from './house/imports.ts';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n');
const files = tracked.filter((file) => textOf(file) !== undefined);
const code = files.filter((file) => /\.(ts|mjs|js)$/.test(file));
const sources = packages.flatMap(sourcesOf);

/** Names declared in a source file: of types, classes, functions and constants at the top level. */
function declared(file: string): readonly string[] {
  const statements = /^(?:export )?(?:abstract )?(?:interface|type|class) ([\w$]+)/gm;
  return [...withoutComments(textOf(file) ?? '').matchAll(statements)].map((match) => match[1] ?? '');
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
    const wrong = sources.flatMap((file) => declared(file).filter((name) => /^I[A-Z][a-z]|Impl$|Manager$/.test(name)));
    expect(wrong).toEqual([]);
  });

  it('keep to the vocabulary', () => {
    const wrong = sources.flatMap((file) => declared(file).filter((name) => /Adapter|Driver|Codec|DeadLetter|QueueItem/.test(name)));
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  it('are short enough to have one subject', () => {
    expect(code.filter((file) => (textOf(file) ?? '').split('\n').length > 301)).toEqual([]);
  });

  it('name no folder and no host of the machine that they were written on', () => {
    const own = ['test/names.test.ts', 'pnpm-lock.yaml'];
    const local = /\/(?:work|farm|root)\/|registry\.npmjs|deb\.debian/;
    expect(files.filter((file) => !own.includes(file) && local.test(textOf(file) ?? ''))).toEqual([]);
  });
});

describe('tests', () => {
  const tests = code.filter((file) => /\/test\//.test(`/${file}`));

  it('are all run', () => {
    const left = new RegExp(`\\b(?:it|test|describe)\\.(?:${['skip', 'only', 'todo'].join('|')})\\b`);
    expect(tests.filter((file) => left.test(textOf(file) ?? ''))).toEqual([]);
  });
});
