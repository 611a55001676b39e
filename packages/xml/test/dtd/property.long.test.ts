import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isWaybillError } from '@waybill/contract';
import { hasVehicle } from '@waybill/testing';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Dtd, type DtdAttribute, type DtdContent, type DtdGroup, type DtdPart, parseDtd, printDtd } from '../../src/dtd.ts';
import { changed, changeOf } from '../support/mutation.ts';
import { withoutPlaces } from './dtds.ts';

const occurs = fc.constantFrom('1' as const, '?' as const, '*' as const, '+' as const);
const names = ['a', 'b', 'c', 'd', 'e-1', 'f.2', 'g_', 'x:h', 'Haus', 'Österreich', '漢'];
const name = fc.constantFrom(...names);
// xmllint knows namespaces, where the name of an entity has no colon.
const entityName = name.filter((one) => !one.includes(':'));
const text = fc.string({ unit: fc.constantFrom(...Array.from('ab <>&"\'%;#\t\n\r]]é漢😀'), '&amp;', '%x;', '<!--'), maxLength: 8 });
const word = fc.constantFrom('0', '1', 'TRUE', 'C', '-x', '.5', 'ä');

const { group: anyGroup } = fc.letrec<{ group: DtdGroup; part: DtdPart }>((tie) => ({
  group: fc
    .record({
      kind: fc.constantFrom('sequence' as const, 'choice' as const),
      parts: fc.array(tie('part'), { minLength: 2, maxLength: 5 }),
      occurs,
    })
    .map((group): DtdGroup => (group.kind === 'sequence' && group.occurs === '?' ? { ...group, parts: group.parts.slice(0, 1) } : group)),
  part: fc.oneof({ depthSize: 'small' }, fc.record({ kind: fc.constant('element' as const), name, occurs }), tie('group')),
}));

/** Each name once: whatever the shape, no reader has to look ahead. */
function withOwnNames(group: DtdGroup, next = { index: 0 }): DtdGroup {
  const parts = group.parts.map((part) => (part.kind === 'element' ? { ...part, name: `n${next.index++}` } : withOwnNames(part, next)));
  return { ...group, parts };
}

const group = fc.oneof(
  anyGroup.map((one) => withOwnNames(one)),
  anyGroup.filter((one) => isPrintable({ kind: 'children', group: one })),
);

function isPrintable(content: DtdContent): boolean {
  try {
    printDtd({ elements: [{ name: 'a', content, attributes: [] }], entities: [] });
    return true;
  } catch (error) {
    if (isWaybillError(error) && error.code === 'WB_XML_DTD_AMBIGUOUS') return false;
    throw error;
  }
}

const content: fc.Arbitrary<DtdContent> = fc.oneof(
  fc.constantFrom<DtdContent>({ kind: 'empty' }, { kind: 'any' }, { kind: 'text' }),
  fc.uniqueArray(name, { minLength: 1 }).map((list) => ({ kind: 'mixed' as const, names: list })),
  group.map((one) => ({ kind: 'children' as const, group: one })),
);

const attribute: fc.Arbitrary<DtdAttribute> = fc.oneof(
  fc.record({
    name,
    type: fc
      .constantFrom<'CDATA' | 'ID' | 'IDREF' | 'IDREFS' | 'ENTITY' | 'NMTOKEN' | 'NMTOKENS'>(
        'CDATA',
        'ID',
        'IDREF',
        'IDREFS',
        'ENTITY',
        'NMTOKEN',
        'NMTOKENS',
      )
      .map((kind) => ({ kind })),
    presence: fc.constantFrom({ kind: 'required' as const }, { kind: 'implied' as const }),
  }),
  fc.record({
    name,
    type: fc.constant({ kind: 'CDATA' as const }),
    presence: fc.oneof(
      text.map((value) => ({ kind: 'fixed' as const, value })),
      text.map((value) => ({ kind: 'default' as const, value })),
    ),
  }),
  fc.uniqueArray(word, { minLength: 1 }).map((words) => ({
    name: 'w',
    type: { kind: 'enumeration' as const, words },
    presence: { kind: 'default' as const, value: words[0]! },
  })),
);

const attributes = fc
  .uniqueArray(attribute, { selector: (one) => one.name, maxLength: 5 })
  // An element has one ID at most.
  .map((all) => all.filter((one, index) => one.type.kind !== 'ID' || all.findIndex(({ type }) => type.kind === 'ID') === index));
const model: fc.Arbitrary<Dtd> = fc.record({
  elements: fc.uniqueArray(fc.record({ name, content, attributes }), { selector: (one) => one.name, maxLength: 6 }),
  entities: fc.uniqueArray(fc.record({ name: entityName, text }), { selector: (one) => one.name, maxLength: 3 }),
});

describe('any model', () => {
  it('is read back as it was printed', () => {
    fc.assert(
      fc.property(model, (dtd) => {
        expect(withoutPlaces(parseDtd(printDtd(dtd)).dtd)).toEqual(dtd);
      }),
      { numRuns: 3000 },
    );
  });
});

function fateOf(body: Uint8Array): string | undefined {
  try {
    parseDtd(body);
    return 'read';
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    return error.at;
  }
}

describe('a damaged DTD', () => {
  const folder = new URL('../../../../plugins/pack-fulfillment/test/fixtures/', import.meta.url);
  const dtds = readdirSync(folder).map((file) => readFileSync(new URL(file, folder)));
  const damaged = fc
    .constantFrom(...dtds)
    .chain((body) =>
      fc.array(changeOf(body.length), { minLength: 1, maxLength: 4 }).map((steps) => steps.reduce<Uint8Array>(changed, body)),
    );

  it('is read, or refused with a place', () => {
    fc.assert(
      fc.property(damaged, (body) => {
        expect(fateOf(body)).toMatch(/^(read|the\.dtd:\d+:\d+)$/);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a printed DTD', () => {
  const isThere = () => spawnSync('xmllint', ['--version']).error === undefined;
  const folder = mkdtempSync(join(tmpdir(), 'waybill-dtd-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is one for xmllint, which finds valid by it what its content model makes', () => {
    if (!hasVehicle('xmllint', isThere, 'nobody but us looked at the printed DTDs of this test')) return;
    const made = fc.record({ dtd: model, top: group, answers: fc.array(fc.nat(9), { maxLength: 60 }) });
    for (const { dtd, top, answers } of fc.sample(made, { numRuns: 150, seed: 11 })) {
      const document = `<top xmlns:x="urn:x">${children(top, answers[Symbol.iterator]())}</top>`;
      expect({ document, said: complaintsOf(withTop(dtd, top), document) }).toEqual({ document, said: '' });
    }
  });

  it('tells xmllint what is not valid', () => {
    if (!hasVehicle('xmllint', isThere, 'nobody but us looked at the printed DTDs of this test')) return;
    const one: DtdGroup = { kind: 'sequence', parts: [{ kind: 'element', name: 'n0', occurs: '+' }], occurs: '1' };
    expect(complaintsOf(withTop({ elements: [], entities: [] }, one), '<top></top>')).toContain('top');
  });

  function complaintsOf(dtd: Dtd, document: string): string {
    const [dtdFile, file] = [join(folder, 'top.dtd'), join(folder, 'top.xml')];
    writeFileSync(dtdFile, printDtd(dtd));
    writeFileSync(file, document);
    return spawnSync('xmllint', ['--noout', '--nonet', '--dtdvalid', dtdFile, file]).stderr.toString();
  }
});

const prefix: DtdAttribute = { name: 'xmlns:x', type: { kind: 'CDATA' }, presence: { kind: 'implied' } };

/** The model with an element `top` of this content, whose children hold anything. */
function withTop(dtd: Dtd, top: DtdGroup): Dtd {
  const used = new Set([...childrenOf(top), ...names]);
  return {
    entities: dtd.entities,
    elements: [
      { name: 'top', content: { kind: 'children', group: top }, attributes: [prefix] },
      ...dtd.elements.map((one) => ({ ...one, name: `other-${one.name}` })),
      ...[...used].map((child) => ({ name: child, content: { kind: 'any' as const }, attributes: [] })),
    ],
  };
}

function childrenOf(part: DtdPart): readonly string[] {
  return part.kind === 'element' ? [part.name] : part.parts.flatMap(childrenOf);
}

/** Elements that a part allows, as the answers choose. */
function children(part: DtdPart, answers: Iterator<number>): string {
  const answer = (): number => answers.next().value ?? 0;
  const least = part.occurs === '1' || part.occurs === '+' ? 1 : 0;
  const most = part.occurs === '*' || part.occurs === '+' ? 3 : 1;
  return Array.from({ length: least + (answer() % (most - least + 1)) }, () => {
    if (part.kind === 'element') return `<${part.name}/>`;
    if (part.kind === 'choice') return children(part.parts[answer() % part.parts.length]!, answers);
    return part.parts.map((one) => children(one, answers)).join('');
  }).join('');
}
