import { settings, Type } from '@waybill/contract';
import { type JsonSchema } from '@waybill/contract/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkTextSettings } from '../src/check-settings.ts';
import { readManifest } from '../src/read/manifest.ts';
import { Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

/** What is said to do about the one problem of a manifest. */
const hintsOf = (text: string | Uint8Array, name?: string) => (workshop.check(text, name).problems ?? []).map(({ hint }) => hint);

describe('what to do about a manifest', () => {
  it('that is a folder is told with the file that could be meant', () => {
    workshop.write('shop/x', '');
    const [finding] = readManifest(`${workshop.folder}/shop`).findings;
    expect(finding).toMatchObject({
      message: expect.stringMatching(/it is a folder\.$/) as unknown,
      hint: `Name the file in it, such as ${workshop.folder}/shop/waybill.json.`,
    });
  });

  it.each([
    ['is not UTF-8', Uint8Array.of(0x7b, 0xe4, 0x7d), 'a.json', 'Save it in UTF-8.'],
    ['is too large', ' '.repeat(4 * 1024 ** 2 + 1), 'a.json', 'Look whether it is the right file.'],
    ['is empty', ' \n', 'a.yaml', 'The smallest one is { "plugins": ["@waybill/journal-sqlite"], "journal": { "use": "sqlite" } }.'],
    [
      'tells not by its name what it is',
      '{}',
      'a.txt',
      'A manifest is a file such as waybill.json, waybill.jsonc, waybill.yaml or waybill.yml.',
    ],
  ])('that %s is told', (_, text, name, hint) => {
    expect(hintsOf(text, name)).toEqual([hint]);
  });

  it.each([
    ['"journal": "notebook"', 'Write an object: {"use":"sqlite","path":"./data/journal.db"}.'],
    ['"journal": { "use": "notebook" }, "connections": []', 'Write an object: {"erp":{"transport":"file","path":"./exchange"}}.'],
    ['"journal": { "use": "notebook" }, "app": null', 'Write a value, or leave the key out.'],
  ])('with a value of another kind is told: %s', (rest, hint) => {
    expect(hintsOf(`{ "plugins": ["@fixture/notebook"], ${rest} }`)).toEqual([hint]);
  });

  it('that names a package without a card as a plugin is told', () => {
    workshop.install('no-plugin', undefined);
    expect(hintsOf('{ "plugins": ["@fixture/notebook", "no-plugin"], "journal": { "use": "notebook" } }')).toEqual([
      'Every plugin has one: take the package out of "plugins" if it is none, else install it again, or tell its author.',
    ]);
  });
});

describe('of several forms of a setting', () => {
  const word = { description: 'A word.' };
  const schema = settings({
    auth: Type.Union(
      [
        Type.Literal('none'),
        settings({ bearer: Type.String(word) }),
        settings({ basic: settings({ users: Type.String(word), realm: Type.String(word) }, word) }),
      ],
      word,
    ),
  }) as unknown as JsonSchema;

  it('the one is meant that knows the keys that are there', () => {
    const result = checkTextSettings(schema, new Map([['auth.basic.password', 'x']]), { path: 'in', source: '', folder: '/' });
    const problems = 'problems' in result ? result.problems : [];
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'WB_MANIFEST_UNKNOWN_KEY in.auth.basic.password',
      'WB_MANIFEST_MISSING_KEY in.auth.basic.users',
      'WB_MANIFEST_MISSING_KEY in.auth.basic.realm',
    ]);
  });
});
