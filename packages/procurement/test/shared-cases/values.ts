import { readExact } from '../../src/index.ts';
import type { Case, Verdict } from './main.ts';

export async function judgeValues({ values = [] }: Case): Promise<Verdict> {
  return values.flatMap(([text, value]) => {
    const read = readExact(text) ?? null;
    return read === value ? [] : [`${JSON.stringify(text)} is read as ${read}, not as ${value}`];
  });
}
