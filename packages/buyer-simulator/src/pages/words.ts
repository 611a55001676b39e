import { type Markup, markup } from '@waybill/markup';
import type { CartPost, Requisition } from '../requisitions/requisition.ts';

/** The time of day, in the zone of this machine. */
export function timeOf(at: number): Markup {
  const date = new Date(at);
  const two = (number: number): string => String(number).padStart(2, '0');
  const text = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return markup`<time datetime="${date.toISOString()}">${text}</time>`;
}

export function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

/** Where a requisition stands. */
export function stateOf({ order, session, lines, profile }: Requisition): string {
  if (order) return `${order.id} ${order.state}`;
  if (session.isBack) return lines.length > 0 ? 'to be ordered' : 'came back empty';
  if (session.startPage === undefined && profile.protocol === 'cxml') return 'not let in yet';
  return session.operation === 'create' ? 'shopping' : `shopping again (${session.operation})`;
}

/** What became of a cart, for its user. */
export function outcomeText(outcome: CartPost['outcome']): string {
  switch (outcome) {
    case 'taken':
      return 'Cart received';
    case 'emptied':
      return 'All lines are gone';
    case 'unchanged':
      return 'Nothing has changed';
    case 'again':
      return 'This cart was here before';
    case 'refused':
      return 'Cart refused';
  }
}

export function notesOf(notes: readonly string[], kind = ''): readonly Markup[] {
  return notes.map((note) => markup`<p class="note ${kind}">${note}</p>`);
}

/** A hidden field, for forms. */
export function hidden(name: string, value: string): Markup {
  return markup`<input type="hidden" name="${name}" value="${value}">`;
}
