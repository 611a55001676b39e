import { Problem } from '@waybill/values';
import type { Confirmed, ConfirmedLine, LineStatus } from './confirmed.ts';

type HeaderType = Confirmed['type'];
type LineType = LineStatus['type'];

interface Rule {
  /** Whether lines are there. */
  readonly lines: 'forbidden' | 'optional' | 'required';
  /** What may be said of a line. */
  readonly allows: readonly LineType[];
}

const anyButAll: readonly LineType[] = ['accept', 'backordered', 'detail', 'reject', 'requestToPay', 'unknown'];

/** reference/procurement-messages.md, section 3.8. */
const rules: Readonly<Record<HeaderType, Rule>> = {
  accept: { lines: 'optional', allows: ['accept'] },
  reject: { lines: 'forbidden', allows: [] },
  except: { lines: 'required', allows: anyButAll },
  detail: { lines: 'required', allows: anyButAll },
  allDetail: { lines: 'required', allows: ['allDetail', 'reject', 'unknown', 'accept', 'detail', 'backordered'] },
  backordered: { lines: 'optional', allows: ['backordered'] },
  replace: { lines: 'required', allows: ['detail'] },
  requestToPay: { lines: 'optional', allows: ['requestToPay'] },
};

/** Why buyers would refuse a confirmation, as far as it can be told without the order; undefined where they would not. */
export function confirmationProblem(confirmed: Confirmed): Problem | undefined {
  const { type, operation, replaces, lines = [] } = confirmed;
  if (operation === 'delete') return new Problem('cannot take a confirmation back', 'Send an update that says "unknown" of the lines.');
  if (operation === 'update' && replaces === undefined) {
    return new Problem('is an update and does not say of what', 'Give "replaces": the payload id of the version before.');
  }
  const rule = rules[type];
  if (rule.lines === 'forbidden' && lines.length > 0) return new Problem(`is of type ${type}, which has no lines`);
  if (rule.lines === 'required' && lines.length === 0) return new Problem(`is of type ${type}, which needs lines`);
  if (new Set(lines.map(({ number }) => number)).size < lines.length) return new Problem('speaks of one line twice');
  return lines.map((line) => lineProblem(line, type, rule)).find((problem) => problem !== undefined);
}

function lineProblem({ number, statuses }: ConfirmedLine, type: HeaderType, { allows }: Rule): Problem | undefined {
  for (const status of statuses) {
    const says = allows.includes(status.type) ? statusProblem(status, type) : `cannot be ${status.type} in a confirmation of type ${type}`;
    if (says !== undefined) return new Problem(`has a line ${number} that ${says}`);
  }
  return undefined;
}

function statusProblem({ type, delivery, price, tax, shipping, substitute }: LineStatus, header: HeaderType): string | undefined {
  if (substitute !== undefined && (price ?? tax ?? shipping) !== undefined) {
    return 'has a substitute, which says price, tax and shipping itself';
  }
  if (header === 'replace' && substitute === undefined) return 'is replaced, and has no substitute';
  const isTold = [substitute, price, tax, shipping, delivery].some((each) => each !== undefined);
  return type === 'detail' && !isTold
    ? 'is changed, and does not say what: a price, tax, shipping, a substitute or a date of delivery'
    : undefined;
}
