import { mapping, type Node } from '@waybill/mapping';
import { text } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { dtdOf, printDtd } from '../../src/dtd.ts';
import { defineXmlMessage } from '../../src/index.ts';
import { SecondJudge } from '../support/second-judge.ts';

interface Member {
  readonly id: string;
  readonly challenge?: { readonly question: string; readonly answer?: string };
  readonly address?: { readonly street?: string; readonly city?: string };
}

const m = mapping<Member>();
const c = mapping<NonNullable<Member['challenge']>>();
const a = mapping<NonNullable<Member['address']>>();

const declared = (...nodes: readonly Node[]) =>
  defineXmlMessage<Member>({ root: () => m.group('Member', [m.leaf('Id', 'id', text()), ...nodes]) });
const challenge = m.perhapsAll('challenge', [c.leaf('Question', 'question', text()), c.leaf('Answer?', 'answer', text())]);
const address = m.perhapsAll('address', [a.leaf('Street?', 'street', text()), a.leaf('City?', 'city', text())]);

describe('the DTD of neighbours that make one object, which may be missing', () => {
  it('lets them be missing together, where one of them has to be there with the others', () => {
    expect(printDtd(dtdOf(declared(challenge).root))).toContain('<!ELEMENT Member (Id, (Question, Answer?)?)>');
  });

  it('says it of each of them, where each may be missing', () => {
    expect(printDtd(dtdOf(declared(address).root))).toContain('<!ELEMENT Member (Id, Street?, City?)>');
  });

  it.each([
    ['with both', { id: '1', challenge: { question: 'Port?', answer: 'Merrin' }, address: { city: 'Merrin' } }],
    ['with none', { id: '1' }],
  ])('takes a document that is written %s', (_what, value) => {
    const message = declared(challenge, address);
    const judge = new SecondJudge(printDtd(dtdOf(message.root)));
    expect(judge.faultOf(Buffer.from(message.write(value)))).toBeUndefined();
  });
});
