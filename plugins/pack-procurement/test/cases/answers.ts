import type { Judgement } from '@waybill/contract';
import pack from '../../src/index.ts';
import { messageOf, written } from '../support/messages.ts';
import type { Case, Cases } from './case.ts';

interface Answers extends Case {
  readonly answers: readonly {
    readonly http: number;
    readonly file: string;
    readonly outcome: 'done' | 'permanent' | 'retry';
    readonly code?: number;
    readonly text?: string;
  }[];
}

const outcomes = { sent: 'done', refused: 'permanent', 'not-sent': 'retry' } as const;

/** What a partner answers, and what becomes of the document then. */
export function judgeAnswers(given: Case, cases: Cases): readonly string[] {
  return (given as Answers).answers.flatMap(({ http, file, outcome, code, text }) => {
    const answer = {
      ...messageOf(cases.bytes(file), file.endsWith('.html') ? 'text/html' : 'text/xml'),
      properties: { 'http-status': String(http) },
    };
    const found = pack.judge?.({ name: 'OrderRequest', version: '1.2' }, answer, written());
    if (found === undefined) return [`${http} ${file}: nothing is said of it`];
    const told = tellingOf(found);
    const wrong = outcomes[found.outcome] === outcome ? [] : [`${http} ${file}: ${outcomes[found.outcome]}, and should be ${outcome}`];
    const missing = [code, text].filter((each) => each !== undefined && !told.includes(String(each)));
    return [...wrong, ...missing.map((each) => `${http} ${file}: "${told}" does not tell ${each}`)];
  });
}

function tellingOf(judgement: Judgement): string {
  return judgement.outcome === 'sent' ? (judgement.detail ?? '') : judgement.error.message;
}
