import type { ReturnedCart } from '../documents/cart-document.ts';
import type { CartPost, Requisition } from './requisition.ts';

/** What is known of a post beside the cart. */
export interface Posted {
  readonly at: number;
  readonly exchange: number;
  readonly withSession: boolean;
}

/**
 * What a procurement system does with a cart: reference/procurement-messages.md, section 3.6, "Empty return". The same session may come back several
 * times, since users go back, load again and click twice.
 */
export function withCart(requisition: Requisition, cart: ReturnedCart, posted: Posted): Requisition {
  const { session, profile, posts } = requisition;
  const notes = [...cart.notes, ...(posted.withSession ? [] : ['It came without the session cookie of the buyer.'])];
  const keep = (outcome: CartPost['outcome'], ...more: readonly string[]): Requisition => {
    const post = { ...posted, outcome, form: cart.form, text: cart.text, payloadId: cart.payloadId, notes: [...notes, ...more] };
    const isBack = session.isBack || outcome !== 'refused';
    return { ...requisition, session: { ...session, isBack }, posts: [...posts, post] };
  };
  if (cart.problem !== undefined) return keep('refused', cart.problem);
  if (profile.protocol === 'cxml' && cart.cookie !== session.cookie) {
    if (profile.newestCookieOnly) return keep('refused', 'Token expired: it is of an earlier session.');
    notes.push('It is of an earlier session.');
  }
  if (session.isBack) return keep('again', sameAsBefore(posts, cart));
  if (session.operation === 'inspect' || cart.status === 204) return keep('unchanged');
  if (cart.lines.length === 0 && session.operation === 'create') return keep('unchanged', 'It is empty.');
  const { lines, total, shipping, tax } = cart;
  return { ...keep(lines.length === 0 ? 'emptied' : 'taken'), lines, total, shipping, tax };
}

function sameAsBefore(posts: readonly CartPost[], { text, payloadId }: ReturnedCart): string {
  const before = posts.findLast(({ outcome }) => outcome !== 'refused' && outcome !== 'again');
  if (before?.text === text) return 'The same document as before.';
  return before?.payloadId === payloadId ? 'Another text under the same payload id.' : 'Another document than before.';
}
