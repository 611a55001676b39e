import type { PunchoutSetUpInput } from '@waybill/commerce';
import { WaybillError } from '@waybill/contract';
import { credentialsOf, documentOfForm, readDocument } from '@waybill/cxml';
import { checkedReturnAddress, requisitionerOf } from '../../src/index.ts';
import type { Case, Verdict } from './main.ts';
import type { CasePartners } from './partners.ts';

interface Sent {
  readonly file: string;
  readonly contentType: string;
  readonly expect: Record<string, unknown>;
}

/** The parts of a setup request that partners answer for: who it is, who shops, where the cart goes. Of stories, the steps that open a session. */
export async function judgeReceived(
  { kind, files, send, steps = [], expect = {} }: Case,
  known: CasePartners,
  fileOf: (name: string) => Buffer,
): Promise<Verdict> {
  const sent: readonly Sent[] =
    kind === 'receive'
      ? [{ file: files[0] ?? '', contentType: send?.contentType ?? '', expect: send?.to === 'setup' ? expect : {} }]
      : steps.flatMap((step) =>
          step.send !== undefined && step.to === 'setup' && step.expect
            ? [{ file: step.send, contentType: 'text/xml', expect: step.expect }]
            : [],
        );
  // Whether the lines of an edit are known is a matter of sessions.
  const ours = sent.filter((each) => 'status' in each.expect && each.expect['status'] !== 412);
  if (ours.length === 0) return undefined;
  return (await Promise.all(ours.map((each) => judgeSetUp(each, known, fileOf(each.file))))).flat();
}

async function judgeSetUp({ file, contentType, expect }: Sent, { partners }: CasePartners, body: Buffer): Promise<readonly string[]> {
  const document = readDocument(documentOfForm(body, contentType) ?? textOf(body, contentType));
  const seen = await outcome(partners, document);
  const wanted = { status: expect['status'], buyer: expect['buyer'], ...(expect['user'] as object | undefined) } as Record<string, unknown>;
  return Object.entries(wanted).flatMap(([key, value]) =>
    value === undefined || seen[key] === value ? [] : [`${file}: ${key} is ${JSON.stringify(seen[key])}, not ${JSON.stringify(value)}`],
  );
}

async function outcome(partners: CasePartners['partners'], document: ReturnType<typeof readDocument>): Promise<Record<string, unknown>> {
  const input = document.input as PunchoutSetUpInput;
  try {
    const principal = await partners.authenticate(credentialsOf(document) ?? {}, { entry: 'setup' });
    const buyer = principal && (await partners.buyer(principal.name));
    if (!buyer) return { status: 401 };
    checkedReturnAddress(buyer, input.returnAddress ?? '');
    const { id, email } = requisitionerOf(buyer, input);
    return { status: 200, buyer: buyer.name, id, email };
  } catch (error) {
    if (!(error instanceof WaybillError)) throw error;
    return { status: error.kind === 'forbidden' ? 403 : 400 };
  }
}

/** As a kernel decodes it: the header, then the declaration, then UTF-8. */
function textOf(body: Buffer, contentType: string): string {
  const declared =
    /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? /^[^>]*encoding=["']([\w-]+)/.exec(body.toString('latin1'))?.[1] ?? 'utf-8';
  return new TextDecoder(declared).decode(body);
}
