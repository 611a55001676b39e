import type { IncomingMessage, ServerResponse } from 'node:http';
import { formFieldsIn } from '../oci/form.ts';
import { type Choice, messagePage } from '../pages/message-page.ts';
import type { PageTexts } from '../pages/texts.ts';
import type { Verb } from '../sessions/session.ts';
import { bodyOf } from './http/body.ts';
import { sendOn, sendPage } from './http/responses.ts';
import type { OpenSession } from './open-session.ts';
import { endSession, type SessionEnding } from './returning.ts';
import { surroundings, type Workings } from './workings.ts';

/** Somebody has pressed a button that ends a session. */
interface Wish {
  readonly open: OpenSession;
  readonly verb: Verb;
  readonly ancestors: readonly string[];
  /** The address of what was returned. */
  readonly returned: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Ends the session, and sends the browser on to what goes back; or says what stands in the way. The form has to bring the token of the session. */
export async function serveEnding(workings: Workings, { open, verb, ancestors, returned, request, response }: Wish): Promise<void> {
  const around = surroundings(workings, open.language, open.test);
  const { oldForm } = around.texts;
  const fields = formFieldsIn((await bodyOf(request)).toString('latin1'), 'utf-8');
  if (!open.accepts(fields.find(([name]) => name === 'form')?.[1])) {
    const page = messagePage(around, { said: oldForm, choices: [{ to: open.address('/'), label: oldForm.back }] });
    sendPage(response, 403, page, ancestors);
    return;
  }
  const ending = await endSession(workings, open, verb);
  if (ending.outcome === 'returned' || ending.outcome === 'over') sendOn(response, returned);
  else sendPage(response, 409, messagePage(around, obstacleOf(ending, open, around.texts)), ancestors);
}

function obstacleOf(
  ending: Exclude<SessionEnding, { outcome: 'returned' | 'over' }>,
  { actions, operation, formToken: token, address }: OpenSession,
  { problems, emptyCart, onlyLooking }: PageTexts,
): Parameters<typeof messagePage>[1] {
  const back = (label: string): Choice => ({ to: address('/'), label });
  switch (ending.outcome) {
    case 'refused':
      return { said: problems, notes: ending.problems, choices: [back(problems.back)] };
    case 'empty': {
      const leave = { post: actions.leave, token, label: emptyCart.leave };
      const empty = { post: actions.empty, token, label: emptyCart.empty };
      return { said: emptyCart, choices: [back(emptyCart.back), leave, ...(operation === 'edit' ? [empty] : [])] };
    }
    case 'only-looking':
      return { said: onlyLooking, choices: [back(onlyLooking.back), { post: actions.leave, token, label: onlyLooking.leave }] };
  }
}
