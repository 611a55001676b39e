import { isWaybillError, type Raiser, WaybillError } from '@waybill/contract';
import { createLog } from '@waybill/plugin-host';
import { errorFields } from '@waybill/plugin-host/kernel';
import { describe, expect, it } from 'vitest';
import { errorTables } from '../../../scripts/generate/errors.ts';
import { errorReport, errorText } from '../src/error-text.ts';

const all = [...(await errorTables()).values()].flatMap((table) => Object.values(table as Readonly<Record<string, Raiser>>));
const options = { at: 'waybill.json:3:7', cause: new Error('The disk is full.') };

describe('every error of every package', () => {
  it('is there to be asked', () => {
    expect(all.length).toBeGreaterThan(150);
  });

  it('is printed with what, where, why and what to do', () => {
    const wrong = all.filter((raise) => {
      const wanted = `${raise.code}  It went wrong.\n  at    waybill.json:3:7\n  why   The disk is full.\n  hint  ${raise.remedy}`;
      return !raise.remedy || errorText(raise('It went wrong.', options)) !== wanted;
    });
    expect(wrong.map(({ code }) => code)).toEqual([]);
  });

  it('tells a machine the same', () => {
    const wrong = all.filter((raise) => errorReport(raise('It went wrong.', options)).hint !== raise.remedy);
    expect(wrong.map(({ code }) => code)).toEqual([]);
  });

  it('is logged with what to do', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'info', write: (line) => void lines.push(line) });
    for (const raise of all) log.warn(errorFields(raise('It went wrong.', options)), 'failed');
    const hints = lines.map((line) => (JSON.parse(line) as { readonly hint?: string }).hint);
    expect(hints).toEqual(all.map(({ remedy }) => remedy));
  });
});

describe('why an error happened', () => {
  const whyOf = (cause: unknown) => errorReport(new WaybillError('WB_X', 'It went wrong.', { cause })).cause;
  const full = new Error('The disk is full.');

  it('is told by all of its causes', () => {
    expect(whyOf(new Error('The file cannot be written.', { cause: full }))).toBe('The file cannot be written. (The disk is full.)');
  });

  it('is told once where an error was handed on with the words of its cause', () => {
    expect(whyOf(new Error('It went wrong.', { cause: full }))).toBe('The disk is full.');
    expect(whyOf(new Error('The disk is full.', { cause: full }))).toBe('The disk is full.');
    expect(whyOf(new Error('It went wrong.'))).toBeUndefined();
  });

  it('is not told where nobody knows', () => {
    for (const cause of [undefined, 'a text']) expect(whyOf(cause)).toBeUndefined();
  });
});

describe('an error that is not ours', () => {
  it('is printed whole, as a defect', () => {
    const error = new TypeError('x is not a function');
    expect(isWaybillError(error)).toBe(false);
    expect(errorText(error)).toBe(error.stack);
  });
});
