import { isWaybillError, type Raiser } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { errorTables } from '../scripts/generate/errors.ts';
import { packages, published, sourcesOf, textOf, type WorkspacePackage } from '../scripts/generate/workspace.ts';
import { withoutComments } from './house/imports.ts';

const tables = await errorTables();
const owners = new Map([...tables].flatMap(([{ json }, table]) => Object.keys(table).map((code) => [code, json.name] as const)));

const raisersOf = (each: WorkspacePackage) => (tables.get(each) ?? {}) as Readonly<Record<string, Raiser>>;

/** The codes in a package's source, but for the places that declare them. */
function codesRaisedIn(each: WorkspacePackage): ReadonlySet<string> {
  const text = sourcesOf(each)
    .map((file) => withoutComments(textOf(file) ?? ''))
    .join('\n');
  const uses = text.replaceAll(/^\s*'?WB_[A-Z0-9_]+'?:\s/gm, '');
  return new Set(uses.match(/\bWB_[A-Z0-9_]*[A-Z0-9]\b/g) ?? []);
}

/** One for each status of cXML that refuses: handlers throw them, to be answered with a status of their choice. The README of the package lists them. */
const offered: Readonly<Record<string, RegExp>> = { '@waybill/cxml': /\bWB_CXML_[A-Z_]+\b/g };

function offeredBy({ json, folder }: WorkspacePackage): readonly string[] {
  const codes = offered[json.name];
  return codes ? [...(textOf(`${folder}/README.md`) ?? '').matchAll(codes)].map(([code]) => code) : [];
}

describe.each(packages.map((each) => [each.json.name, each] as const))('the error codes of %s', (_name, each) => {
  it('are all in a table: its own, or for codes that it only looks at, that of another package', () => {
    expect([...codesRaisedIn(each)].filter((code) => !owners.has(code))).toEqual([]);
  });

  it('are all thrown somewhere, or offered to applications', () => {
    const raised = new Set([...codesRaisedIn(each), ...offeredBy(each)]);
    expect(Object.keys(tables.get(each) ?? {}).filter((code) => !raised.has(code))).toEqual([]);
  });

  it('make errors that carry their code, and what to do as their hint', () => {
    const wrong = Object.entries(raisersOf(each)).filter(([code, raise]) => {
      const error = raise('It went wrong.');
      return !isWaybillError(error) || error.code !== code || error.hint !== raise.remedy || error.hint === '';
    });
    expect(wrong.map(([code]) => code)).toEqual([]);
  });

  it('say what has happened and what to do', () => {
    const thin = Object.entries(tables.get(each) ?? {}).filter(([, { means, remedy }]) => !isSentence(means) || !isSentence(remedy));
    expect(thin.map(([code]) => code)).toEqual([]);
  });
});

describe.each(published.map((each) => [each.json.name, each] as const))('the sources of %s', (_name, each) => {
  it('make no error by hand, where its hint would be forgotten', () => {
    const byHand = /\bnew \w*Error\(\s*['"`]WB_/;
    expect(sourcesOf(each).filter((file) => byHand.test(withoutComments(textOf(file) ?? '')))).toEqual([]);
  });
});

describe('error codes', () => {
  it('belong to one package each', () => {
    const all = [...tables.values()].flatMap((table) => Object.keys(table));
    expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
  });

  it('are named WB_, subject, what', () => {
    expect([...owners.keys()].filter((code) => !/^WB(_[A-Z0-9]+){2,}$/.test(code))).toEqual([]);
  });

  it('that a page mentions exist; codes of applications and of guides have subjects of their own', () => {
    const subjects = new Set([...owners.keys()].map((code) => code.split('_')[1]));
    const pages = [
      ...packages.map(({ folder }) => `${folder}/README.md`),
      'README.md',
      'docs/writing-a-transport.md',
      'docs/writing-a-pack.md',
    ];
    const mentioned = pages.flatMap((page) => textOf(page)?.match(/\bWB_[A-Z0-9_]*[A-Z0-9]\b/g) ?? []);
    expect(mentioned.filter((code) => subjects.has(code.split('_')[1]) && !owners.has(code))).toEqual([]);
  });
});

function isSentence(text: string): boolean {
  return text.length >= 15 && /[.!?)`]$/.test(text);
}
