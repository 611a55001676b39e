import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Grammar, typeName } from '@waybill/contract';
import { temporaryFolder } from '@waybill/testing';
import { type Dtd, type DtdElement, dtdOf, filesBelow, parseDtd, printDtd } from '@waybill/xml/dtd';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Binding, madeUp } from '../src/binding.ts';
import { bindings } from '../src/catalogue.ts';
import { answers } from './support/messages.ts';
import { hasXmllint } from './support/xmllint.ts';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const all = bindings.map((binding) => [typeName(binding.type), binding] as const);

async function grammarOf({ type }: Binding): Promise<Grammar> {
  const grammar = await type.grammar?.();
  if (grammar === undefined) throw new Error(`${type.name} tells no grammar`);
  return grammar;
}

/** What our declarations are narrower in than the schemas of the reference, in all messages or in one, and why. */
const narrower: Readonly<Record<string, string>> = {
  'Telephone@publish': 'The schema takes any text; its remark says 0 or 1.',
  'Pickbatch_Information@Is_Expedited': 'The schema takes any text; its remark says Y or N.',
  'Order_Items@Is_Expedited': 'The schema takes any text; its remark says Y or N.',
  'Verb@value': 'One schema serves question and answer, which are two messages here.',
  'Noun@value': 'The schema of question and answer has remarks that demand it.',
  ProductInventoryInfo: 'The remarks of the schema say what question and answer must have.',
  'Create_NC_Customer DataArea': 'Nobody could tell the fields of several customers apart.',
  'Create_NC_Customer Customer': 'A question has an answer.',
  'Create_NC_Customer LoginInfo': 'Nobody is registered without a password.',
  'Create_NC_Customer ContactPersonName': 'A registration needs the last name.',
  'Create_NC_Customer FullName': 'It cannot stand for the last name.',
  'Update_NC_Customer DataArea': 'Nobody could tell the fields of several customers apart.',
  'Update_NC_OrderStatus DataArea': 'Nobody could tell the fields of several orders apart.',
  'Update_WCS_BatchAvailability DataArea': 'Nobody could tell whose stock it is without the distributor.',
};

function elementsOf({ elements }: Dtd): ReadonlyMap<string, DtdElement> {
  return new Map(elements.map((element) => [element.name, element]));
}

/** The places at which two declarations of one element differ, its attributes in any order. */
function differences(ours: DtdElement, theirs: DtdElement): readonly string[] {
  const names = [...new Set([...ours.attributes, ...theirs.attributes].map(({ name }) => name))];
  const told = ({ attributes }: DtdElement, name: string): string => {
    const found = attributes.find((each) => each.name === name);
    const words = found?.type.kind === 'enumeration' ? { ...found.type, words: found.type.words.toSorted() } : found?.type;
    return JSON.stringify([words, found?.presence]);
  };
  return [
    ...(JSON.stringify(ours.content) === JSON.stringify(theirs.content) ? [] : [ours.name]),
    ...names.filter((name) => told(ours, name) !== told(theirs, name)).map((name) => `${ours.name}@${name}`),
  ];
}

describe.each(all)('the DTD of %s', (_name, binding) => {
  it('says of itself what the declaration says', async () => {
    const { language, text } = await grammarOf(binding);
    expect(language).toBe('dtd');
    expect(printDtd(parseDtd(text, { systemId: 'printed.dtd' }).dtd)).toBe(text);
  });
});

/** Those that the reference has a schema of. */
const withReference = all.filter(([, { message }]) => message.systemId !== undefined);

describe('the DTD of a message', () => {
  it.each(withReference)('is that of the reference, but where it is narrower: %s', async (_name, { message, type }) => {
    const { systemId = '' } = message;
    const loaded = parseDtd(await readFile(join(fixtures, systemId), 'utf8'), { systemId, load: filesBelow(fixtures) });
    const theirs = elementsOf(loaded.dtd);
    const ours = elementsOf(dtdOf(message.root));
    const found = [...ours.values()].flatMap((element) => {
      const other = theirs.get(element.name);
      return other === undefined ? [`${element.name} is not in the reference`] : differences(element, other);
    });
    const unexplained = (place: string) => (narrower[place] ?? narrower[`${type.name} ${place}`]) === undefined;
    expect(found.filter(unexplained)).toEqual([]);
    // One schema serves the question and the answer.
    const served = type.name.startsWith('Request_') ? [] : [...theirs.keys()];
    expect(served.filter((name) => !ours.has(name)).filter(unexplained)).toEqual([]);
  });
});

/** A DTD can let an element hold anything, but not anything that it does not declare. */
const grammars = await Promise.all(all.map(async ([, binding]) => (await grammarOf(binding)).text));
const closed = all.filter((_each, index) => !grammars[index]?.includes(' ANY>'));

describe('composed documents', () => {
  const checks = hasXmllint();

  it('can all be held against their DTD, but for the error with elements of any name', () => {
    expect(all.filter((each) => !closed.includes(each)).map(([name]) => name)).toEqual(['WCS_Error@1.0']);
  });

  it.runIf(checks).each(closed)('are valid by the DTD that is printed: %s', async (_name, binding) => {
    const { message, type } = binding;
    const folder = await temporaryFolder();
    // Under the name that the documents give, since xmllint looks for it.
    const dtd = join(folder, message.systemId ?? 'printed.dtd');
    await writeFile(dtd, (await grammarOf(binding)).text);
    const documents = [type.sample?.() ?? '', ...fc.sample(answers, { numRuns: 12, seed: 3 }).map((choose) => madeUp(message, choose))];
    const files = await Promise.all(
      documents.map(async (document, index) => {
        const file = join(folder, `${index}.xml`);
        await writeFile(file, document);
        return file;
      }),
    );
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--dtdvalid', dtd, ...files]);
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
  });
});
