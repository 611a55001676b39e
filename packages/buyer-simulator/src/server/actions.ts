import { WaybillError } from '@waybill/contract';
import { errors } from '../errors.ts';
import { profileOf, storeAddress } from '../options.ts';
import { problemPage } from '../pages/problem-page.ts';
import type { Opening } from '../profiles/profiles.ts';
import { answers, longestDelay } from '../requisitions/manners.ts';
import type { Requisition } from '../requisitions/requisition.ts';
import { type Answer, elsewhere, notThere, page } from './answer.ts';
import type { Asked } from './asked.ts';
import type { BuyerState } from './buyer-state.ts';

/** What a button of the page does. */
export async function act(asked: Asked, state: BuyerState): Promise<Answer> {
  const form = new URLSearchParams(Buffer.from(asked.body).toString());
  try {
    return (await pressed(asked.path, form, state)) ?? notThere;
  } catch (error) {
    if (error instanceof WaybillError) return page(problemPage(error), 502);
    throw error;
  }
}

async function pressed(path: string, form: URLSearchParams, state: BuyerState): Promise<Answer | undefined> {
  const [, first = '', id = '', step = ''] = path.split('/');
  switch (first) {
    case 'shop':
      return begin(form, state);
    case 'ask':
      return ask(state);
    case 'manners':
      return behave(form, state);
    case 'requisitions':
      return stepOf(id, step, form, state);
    default:
      return undefined;
  }
}

async function begin(form: URLSearchParams, state: BuyerState): Promise<Answer> {
  state.profile = profileOf(form.get('profile') ?? state.profile.name);
  state.shop = storeAddress(form.get('shop') ?? state.shop ?? '');
  const { profile, shop } = state;
  const selected = form.get('selected') || undefined;
  return toShopping(await state.buying.shop({ profile, shop, opening: openingIn(form), selected }));
}

async function ask({ shop = '', profile, buying }: BuyerState): Promise<Answer> {
  if (profile.protocol === 'oci') throw errors.WB_BUYER_WRONG_STEP('OCI has no question what a shop takes.');
  await buying.ask(storeAddress(shop), profile);
  return elsewhere('/');
}

function behave(form: URLSearchParams, state: BuyerState): Answer {
  const answer = answers.find((one) => one === form.get('answer')) ?? 'ok';
  state.manners = { answer, cartDelay: delayIn(form, 'cartDelay'), answerDelay: delayIn(form, 'answerDelay') };
  return elsewhere('/');
}

/** Seconds on the page. */
function delayIn(form: URLSearchParams, name: string): number {
  const delay = Math.round(1_000 * Number(form.get(name)));
  return delay > 0 && delay <= longestDelay ? delay : 0;
}

async function stepOf(id: string, step: string, form: URLSearchParams, { buying }: BuyerState): Promise<Answer | undefined> {
  switch (step) {
    case 'edit':
    case 'inspect':
      return toShopping(await buying.shopAgain(id, step, openingIn(form)));
    case 'order':
      for (const [name, quantity] of [...form].toReversed()) {
        const [, place] = /^quantity-(\d{1,5})$/.exec(name) ?? [];
        if (place !== undefined && /^\d{1,10}(?:\.\d{1,6})?$/.test(quantity)) buying.setQuantity(id, Number(place), quantity);
      }
      await buying.order(id);
      return elsewhere(`/requisitions/${id}`);
    case 'cancel':
      await buying.cancel(id);
      return elsewhere(`/requisitions/${id}`);
    case 'again':
      await buying.sendAgain(id);
      return elsewhere(`/requisitions/${id}`);
    default:
      return undefined;
  }
}

function openingIn(form: URLSearchParams): Opening | undefined {
  const known = ['top', 'frame', 'sandbox'] as const;
  return known.find((one) => one === form.get('opening'));
}

function toShopping({ id }: Requisition): Answer {
  return elsewhere(`/shopping/${id}`);
}
