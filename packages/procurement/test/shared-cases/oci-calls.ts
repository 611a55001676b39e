import { type OciCall, ociCallOf, readOciForm, writeCart } from '../../src/index.ts';
import type { Case, Verdict } from './main.ts';
import type { CasePartners } from './partners.ts';

export async function judgeOciCall(
  { files, send, expect = {} }: Case,
  { partners }: CasePartners,
  fileOf: (name: string) => Buffer,
): Promise<Verdict> {
  const form = readOciForm(fileOf(files[0] ?? ''), send?.contentType);
  const buyer = await partners.recogniseCall(form);
  if (!buyer) return ['user and password are not taken'];
  const call = ociCallOf(form, buyer);
  const context = {
    supplier: partners.supplier,
    buyer,
    session: { protocol: 'oci' as const, call },
    payloadId: '1@store.example',
    timestamp: '2026-10-05T10:00:00-04:00',
  };
  const left = writeCart({ verb: 'leave', currency: 'USD' }, context);
  const written = left.outcome === 'written' ? left.form : undefined;
  const seen: Record<string, unknown> = {
    ...told(call),
    action: written?.action,
    hidden: written?.fields.map(({ name, value }) => [name, value]),
  };
  return Object.entries(expect).flatMap(([key, value]) =>
    JSON.stringify(seen[key]) === JSON.stringify(value) ? [] : [`${key} is ${JSON.stringify(seen[key])}, not ${JSON.stringify(value)}`],
  );
}

function told({ function: which, productId, quantity, searchString, target }: OciCall): Record<string, unknown> {
  return { function: which, productId, quantity, searchString, target };
}
