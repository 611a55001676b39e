import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkManifest } from '../src/check.ts';
import type { CheckedManifest } from '../src/checked.ts';
import { readManifest } from '../src/read/manifest.ts';
import { accepted, environment, good, places, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const small = '"plugins": ["@fixture/notebook"], "journal": { "use": "notebook" }';

/** What a manifest says, without the name of its file. */
function meaning(manifest: CheckedManifest): object {
  return { ...manifest, file: '' };
}

describe('the same manifest in another form', () => {
  const plain = () => meaning(accepted(workshop.check(good, 'waybill.json')));

  it('means the same with comments and trailing commas', () => {
    const text = good.replaceAll('"\n  }', '", // end\n  }').replace('{', '{ /* a manifest */');
    expect(text).toContain('// end');
    expect(meaning(accepted(workshop.check(text)))).toEqual(plain());
  });

  it('means the same in YAML, which JSON is a part of', () => {
    expect(meaning(accepted(workshop.check(good, 'waybill.yml')))).toEqual(plain());
  });

  it('means the same in YAML with aliases', () => {
    const yaml = 'plugins: ["@fixture/notebook"]\njournal: { use: &name notebook, path: ./x }\nname: *name\n';
    expect(accepted(workshop.check(yaml, 'a.yaml')).name).toBe('notebook');
  });

  it('means the same with a byte order mark and CR LF', () => {
    expect(meaning(accepted(workshop.check(`\uFEFF${good.replaceAll('\n', '\r\n')}`, 'waybill.json')))).toEqual(plain());
  });

  it('means the same as an object', () => {
    const result = checkManifest(readManifest(JSON.parse(good) as object, { folder: workshop.folder }), { env: environment });
    expect('manifest' in result && meaning(result.manifest)).toEqual(plain());
  });
});

describe('places in a text', () => {
  it('do not count the byte order mark', () => {
    expect(places(workshop.check(`\uFEFF{ "nam": "x", ${small} }`))).toEqual(['WB_MANIFEST_UNKNOWN_KEY 1:3 nam']);
  });

  it.each([
    ['CR LF', '\r\n'],
    ['CR', '\r'],
    ['LF', '\n'],
  ])('count lines that end with %s', (_, end) => {
    expect(places(workshop.check(`{${end}  ${small},${end}  "nam": "x"${end}}`))).toEqual(['WB_MANIFEST_UNKNOWN_KEY 3:3 nam']);
  });

  it('are those of the anchor where a YAML alias is wrong', () => {
    const yaml = 'plugins: ["@fixture/notebook"]\njournal: { use: notebook }\nlog: &log\n  levl: info\nstop: *log\n';
    expect(places(workshop.check(yaml, 'a.yaml'))).toEqual([
      'WB_MANIFEST_UNKNOWN_KEY 4:3 log.levl',
      'WB_MANIFEST_UNKNOWN_KEY 4:3 stop.levl',
    ]);
  });
});

describe('JSON that is not well-formed', () => {
  it.each([
    ['a comma is missing', '{\n  "name": "x"\n  "log": {} }', '3:3'],
    ['a brace is missing', '{\n  "name": "x"', '2:14'],
    ['a text is not closed', '{\n  "name": "x\n}', '2:11'],
    ['single quotes', "{\n  'name': 1 }", '2:3'],
    ['no quotes', '{\n  name: 1 }', '2:3'],
    ['something follows', '{ "name": "x" }\n{}', '2:1'],
    ['two commas', '{ "plugins": ["a",, "b"] }', '1:19'],
    ['an unknown word', '{ "name": undefined }', '1:11'],
    ['a number with a leading zero', '{ "name": 012 }', '1:12'],
    ['a bad escape', String.raw`{ "name": "\x41" }`, '1:11'],
    ['a comment without end', '{ "name": "x" }\n/* …', '2:1'],
  ])('is refused with its place: %s', (_, text, place) => {
    expect(places(workshop.check(text))[0]).toBe(`WB_MANIFEST_SYNTAX ${place}`);
  });
});

describe('JSON whose end is missing', () => {
  it.each([
    ['in a list', '{\n  "plugins": [\n    "a"\n', '4:1'],
    ['before a value', '{\n  "log": { "level":\n', '3:1'],
    ['in a text', '{\n  "log": { "level": "in\n', '2:21'],
    ['in a text that swallows a brace', '{\n  "log": { "level": "info }\n}\n', '2:21'],
    ['in a comment', '{\n  "log": { /* and so\n on\n', '2:12'],
  ])('is one problem: %s', (_, text, place) => {
    expect(places(workshop.check(text))).toEqual([`WB_MANIFEST_SYNTAX ${place}`]);
  });
});

describe('YAML that a manifest does not take', () => {
  it.each([
    ['a tab as indentation', 'name:\n\tx', '2:1'],
    ['an unclosed bracket', 'plugins: [a\nname: x', '2:1'],
    ['a tag of its own', 'name: !secret x', '1:7'],
    ['a merge key', 'name: x\n<<: { log: {} }', '2:1'],
    ['a second document', 'name: x\n---\nname: y', '2:1'],
    ['an alias without anchor', 'name: *nobody', '1:7'],
    ['a list as a key', '? [a]\n: b', '1:3'],
    ['not a number', 'name: .nan', '1:7'],
  ])('is refused with its place: %s', (_, text, place) => {
    expect(places(workshop.check(text, 'a.yaml'))[0]).toMatch(new RegExp(`^WB_MANIFEST_SYNTAX ${place}( name)?$`));
  });

  it('reads yes, no and on as texts, and keys that are numbers as they are written', () => {
    const yaml = `plugins: ["@fixture/notebook"]\njournal: { use: notebook }\nname: on\n1.0: x\n`;
    expect(places(workshop.check(yaml, 'a.yaml'))).toEqual(['WB_MANIFEST_UNKNOWN_KEY 4:1 1.0']);
  });

  it('is not blown up by aliases of aliases', () => {
    const levels = Array.from({ length: 30 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}, *a${level}]`);
    const bomb = ['a0: &a0 [x, x, x]', ...levels].join('\n');
    expect(places(workshop.check(bomb, 'a.yaml')).some((place) => place.startsWith('WB_MANIFEST_SYNTAX'))).toBe(true);
  });

  it('may have a hundred aliases, and not one more', () => {
    const told = (aliases: number) =>
      workshop
        .check(`name: &a x\nlog: [${Array.from({ length: aliases }, () => '*a').join(', ')}]`, 'a.yaml')
        .problems.map(({ message }) => message);
    expect(told(100)).not.toContain('The manifest uses more than 100 aliases.');
    expect(told(101)).toContain('The manifest uses more than 100 aliases.');
  });

  it('is not caught in an alias to itself', () => {
    expect(places(workshop.check('name: &a [*a]', 'a.yaml'))[0]).toMatch(/^WB_MANIFEST_SYNTAX/);
  });
});

describe('a file that is no manifest', () => {
  it('is refused when it does not exist', () => {
    expect(readManifest('/nowhere/waybill.json').findings[0]).toMatchObject({
      code: 'WB_MANIFEST_UNREADABLE',
      message: 'The manifest /nowhere/waybill.json cannot be read: there is no such file.',
    });
  });

  it('is refused when it is a folder', () => {
    workshop.write('folder.json/x', '');
    expect(readManifest(`${workshop.folder}/folder.json`).findings[0]?.message).toMatch(/it is a folder/);
  });

  it.each([
    ['its name says nothing', 'waybill.txt', '{}'],
    ['it is not UTF-8', 'latin.json', Uint8Array.of(0x7b, 0xe4, 0x7d)],
    ['it is too large', 'large.json', ' '.repeat(4 * 1024 ** 2 + 1)],
  ])('is refused when %s', (_, name, content) => {
    expect(workshop.check(content, name).problems).toMatchObject([{ code: 'WB_MANIFEST_UNREADABLE' }]);
  });

  it.each(['waybill.json', 'waybill.yaml'])('is refused when it is empty: %s', (name) => {
    expect(workshop.check(' \n', name).problems).toMatchObject([{ code: 'WB_MANIFEST_SYNTAX', message: 'The manifest is empty.' }]);
  });

  it.each([
    ['waybill.json', '['],
    ['waybill.yaml', '['],
  ])('is refused when it is nested 100,000 levels deep: %s', (name, open) => {
    expect(workshop.check(open.repeat(100_000), name).problems[0]?.code).toBe('WB_MANIFEST_SYNTAX');
  });

  it('is refused when it is well-formed and nested too deeply', () => {
    const text = (levels: number) => `{ "name": ${'['.repeat(levels)}${']'.repeat(levels)} }`;
    const told = (levels: number) => workshop.check(text(levels)).problems.map(({ message }) => message);
    expect(told(64)).toContain('"name" must be a text, not a list.');
    for (const levels of [65, 100]) expect(told(levels)).toEqual(['The manifest is nested more than 64 levels deep.']);
  });
});

describe('an object', () => {
  const check = (manifest: object) => {
    const result = checkManifest(readManifest(manifest, { folder: workshop.folder }), { env: environment });
    return 'problems' in result ? result.problems : [];
  };
  const base = JSON.parse(`{ ${small} }`) as object;

  it('has paths without lines', () => {
    const [problem] = check({ ...base, log: { level: 'loud' } });
    expect(problem).toMatchObject({ code: 'WB_MANIFEST_BAD_VALUE', path: 'log.level', file: 'manifest' });
    expect(problem).not.toHaveProperty('line');
  });

  it('has its problems in the order of its keys', () => {
    expect(check({ stopp: {}, ...base, log: { level: 'loud' }, nam: 'x' }).map(({ path }) => path)).toEqual(['stopp', 'log.level', 'nam']);
  });

  it('may leave keys undefined', () => {
    expect(check({ ...base, name: undefined })).toEqual([]);
  });

  it('may hold secrets, since code put them there', () => {
    const connections = { backend: { transport: 'wire', folder: '.', password: 'open-sesame' } };
    expect(check({ ...base, plugins: ['@fixture/notebook', '@fixture/wire'], connections })).toEqual([]);
  });

  it.each([
    ['a function', () => undefined],
    ['a date', new Date(0)],
    ['not a number', Number.NaN],
    ['a big integer', 1n],
  ])('is refused when it holds %s', (_, value) => {
    expect(check({ ...base, name: value })).toMatchObject([{ code: 'WB_MANIFEST_SYNTAX', path: 'name' }]);
  });

  it('is refused when it holds itself', () => {
    const loop: Record<string, unknown> = { ...base };
    loop['name'] = loop;
    expect(check(loop)[0]?.message).toBe('The manifest is nested more than 64 levels deep.');
  });
});

describe('the key __proto__', () => {
  it.each(['waybill.json', 'waybill.yaml'])('is an unknown key like any other: %s', (name) => {
    const verdict = workshop.check(`{ "__proto__": { "polluted": true }, ${small} }`, name);
    expect(places(verdict)).toEqual(['WB_MANIFEST_UNKNOWN_KEY 1:3 __proto__']);
    expect({}).not.toHaveProperty('polluted');
  });

  it('is a name like any other where names are free', () => {
    const text = good.replace('"x-source": "harbour"', '"__proto__": "harbour"');
    const headers = accepted(workshop.check(text)).outbound[0]?.settings['headers'] as object;
    expect(Object.entries(headers)).toEqual([['__proto__', 'harbour']]);
  });

  it.each(['constructor', 'toString'])('and %s are not found in every object', (key) => {
    expect(places(workshop.check(`{ "${key}": 1, ${small} }`))).toEqual([`WB_MANIFEST_UNKNOWN_KEY 1:3 ${key}`]);
  });
});
