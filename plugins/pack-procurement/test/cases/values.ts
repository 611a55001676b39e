import type { PurchaseOrderSubmitInput } from '@waybill/commerce';
import { isWaybillError, type WaybillError } from '@waybill/contract';
import { statusOf } from '@waybill/cxml';
import { compare } from '@waybill/procurement';
import { readBody } from '../support/messages.ts';
import type { Case, Cases } from './case.ts';

interface Values extends Case {
  readonly element: string;
  readonly values: readonly (readonly [text: string, value: string | null])[];
}

/** Texts in the place of the total of a sound order: what is read of them, or that they are refused with the path. */
export function judgeValues(given: Case, cases: Cases): readonly string[] {
  const { element, values } = given as Values;
  const sound = cases.text('order-no-line-numbers.xml');
  const total = new RegExp(`(<Total>\\s*<${element}[^>]*>)[^<]*`);
  return values.flatMap(([text, value]) => {
    const document = sound.replace(total, (_, before: string) => before + text);
    const found = reading(document);
    const shown = JSON.stringify(text);
    if (typeof found === 'string')
      return value !== null && compare(found, value) === 0 ? [] : [`${shown} is read as ${found}, and should be ${value ?? 'refused'}`];
    if (value !== null) return [`${shown} is refused (${found.message}), and should be ${value}`];
    const { code } = statusOf(found);
    const isNamed = found.at?.includes(`Total/${element}`) === true;
    return code === 400 && isNamed ? [] : [`${shown} is refused with ${code} at ${found.at}`];
  });
}

function reading(document: string): string | WaybillError {
  try {
    return (readBody(document).read.input as PurchaseOrderSubmitInput).total.amount;
  } catch (error) {
    if (isWaybillError(error)) return error;
    throw error;
  }
}
