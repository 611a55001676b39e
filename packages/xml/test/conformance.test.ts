import { MessageError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { type Case, canonical, loadCases, policyOn, withoutSubset } from './support/conformance.ts';
import { acceptedFaults, unknownEntities } from './support/conformance-exceptions.ts';

const cases = await loadCases();
const outcomes = new Map(cases.map((one) => [one.id, outcomeOf(one.body)]));
const sound = cases.filter(({ type }) => type === 'valid' || type === 'invalid');
const faulty = cases.filter(({ type }) => type === 'not-wf');

function outcomeOf(body: Uint8Array): string {
  try {
    canonical(body);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof MessageError) || error.retryable || !/(^|, )\d+:\d+$/.test(error.at ?? '')) throw error;
    return error.code;
  }
}

function counted(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

const ids = (list: readonly Case[]): readonly string[] => list.map(({ id }) => id).sort();
const outcome = ({ id }: Case): string => outcomes.get(id)!;

describe('the W3C conformance suite', () => {
  it('is there as a whole', () => {
    expect(counted(cases.map(({ type }) => type))).toEqual({ valid: 812, invalid: 242, 'not-wf': 1498, error: 33 });
    expect(outcomes.size).toBe(2585);
  });
});

describe('a well-formed document, valid or not', () => {
  const expected = (one: Case): string => {
    if ((unknownEntities as readonly string[]).includes(one.id)) return 'WB_XML_NOT_WELL_FORMED';
    const policy = policyOn(one.body);
    return policy === 'none' ? 'accepted' : policy;
  };

  it('is accepted, unless policy refuses it, and then with the code of that policy', () => {
    expect(sound.filter((one) => outcome(one) !== expected(one)).map((one) => [one.id, outcome(one), expected(one)])).toEqual([]);
  });

  it('is refused by policy this often', () => {
    expect(counted(sound.map(outcome))).toEqual({
      accepted: 147,
      WB_XML_INTERNAL_SUBSET: 799,
      WB_XML_VERSION: 82,
      WB_XML_ENCODING: 21,
      WB_XML_NOT_WELL_FORMED: unknownEntities.length,
    });
  });

  it('refers to another file wherever it is refused for an unknown entity', () => {
    const refused = sound.filter((one) => outcome(one) === 'WB_XML_NOT_WELL_FORMED');
    expect(ids(refused)).toEqual([...unknownEntities].sort());
    expect(refused.every(({ external }) => external)).toBe(true);
  });
});

describe('a document that is not well-formed', () => {
  const { elsewhere, untilFifthEdition, namespaces } = acceptedFaults;

  it('is refused, except the listed ones', () => {
    const accepted = faulty.filter((one) => outcome(one) === 'accepted');
    expect(ids(accepted)).toEqual([...elsewhere, ...untilFifthEdition, ...namespaces].sort());
  });

  it('is refused with these codes', () => {
    expect(counted(faulty.map(outcome))).toEqual({
      accepted: 46,
      WB_XML_NOT_WELL_FORMED: 266,
      WB_XML_INTERNAL_SUBSET: 979,
      WB_XML_VERSION: 157,
      WB_XML_ENCODING: 39,
      WB_XML_INVALID_UTF8: 11,
    });
  });

  it('is listed under the reason that the suite itself gives', () => {
    const find = (id: string): Case => cases.find((one) => one.id === id)!;
    expect(elsewhere.map(find).every(({ external }) => external)).toBe(true);
    expect(untilFifthEdition.map(find).every(({ editions }) => editions?.join() === '1,2,3,4')).toBe(true);
    expect(namespaces.map(find).every(({ recommendation }) => recommendation === 'NS1.0')).toBe(true);
  });
});

describe('a document that the suite leaves to the reader', () => {
  it('is accepted or refused, nothing else', () => {
    expect(counted(cases.filter(({ type }) => type === 'error').map(outcome))).toEqual({
      accepted: 2,
      WB_XML_INTERNAL_SUBSET: 19,
      WB_XML_ENCODING: 7,
      WB_XML_NOT_WELL_FORMED: 3,
      WB_XML_INVALID_UTF8: 1,
      WB_XML_VERSION: 1,
    });
  });
});

describe('a document of the suite whose internal subset only describes elements', () => {
  it('is read to what the suite says, once the subset is cut out', () => {
    const cut = sound.flatMap(({ id, body, output, external }) => {
      const rest = policyOn(body) === 'WB_XML_INTERNAL_SUBSET' && !external ? withoutSubset(body) : undefined;
      return rest === undefined || output === undefined || /<\?|<!DOCTYPE/.test(output) ? [] : [{ id, rest, output }];
    });
    expect(cut.filter(({ rest, output }) => canonical(rest) !== output).map(({ id }) => id)).toEqual([]);
    expect(cut).toHaveLength(92);
  });
});
