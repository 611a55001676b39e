import type { BookedOrder } from '@waybill/procurement';
import { type Browser, documentIn, type Form, type Page } from './browser.ts';
import type { Case, Cases } from './case.ts';
import { faultsOf } from './receive.ts';
import { found, treeOf } from './tree.ts';
import { type Received, World } from './world.ts';

interface Step {
  readonly send?: string;
  readonly to?: string;
  readonly open?: 'start';
  readonly browser?: string;
  readonly add?: string;
  readonly quantity?: number;
  readonly return?: 'cart' | 'leave';
  readonly keep?: Readonly<Record<string, string>>;
  readonly replace?: string;
  readonly expect?: Readonly<Record<string, unknown>>;
}

interface After {
  readonly orders?: number;
  readonly lines?: readonly { readonly number: number; readonly quantity: string }[];
  readonly cancelled?: readonly number[];
}

/** The two forms of a cart have to come to the same. */
export async function judgeStory(given: Case, cases: Cases): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const form of ['cxml-urlencoded', 'cxml-base64']) {
    const story = new Story(await World.open(cases, { larkfield: { form } }), cases);
    faults.push(...(await story.told(given)).map((fault) => `${form}: ${fault}`));
  }
  return faults;
}

class Story {
  readonly #world: World;
  readonly #cases: Cases;
  readonly #answers: Received[] = [];
  readonly #kept = new Map<string, string>();
  readonly #browsers = new Map<string, Browser>();
  #page: Page | undefined;

  constructor(world: World, cases: Cases) {
    this.#world = world;
    this.#cases = cases;
  }

  async told(given: Case): Promise<readonly string[]> {
    const faults: string[] = [];
    try {
      for (const [index, step] of (given['steps'] as readonly Step[]).entries()) {
        faults.push(...(await this.#take(step)).map((fault) => `step ${index + 1}: ${fault}`));
      }
      faults.push(...this.#after((given['after'] as After | undefined) ?? {}));
      return [...faults, ...(await this.#world.leaked(['example-secret-a', 'example-secret-hub']))];
    } finally {
      await this.#world.close();
    }
  }

  async #take(step: Step): Promise<readonly string[]> {
    if (step.send !== undefined) return this.#send(step);
    if (step.open === 'start') return this.#open(step);
    if (step.add !== undefined) this.#world.add(step.add, step.quantity ?? 1);
    if (step.return !== undefined) return this.#return(step);
    return [];
  }

  async #send({ send = '', to = '', replace, expect = {} }: Step): Promise<readonly string[]> {
    const file = this.#cases.bytes(send);
    const text = replace === undefined ? file : Buffer.from(file.toString().replaceAll(replace, this.#kept.get(replace) ?? ''));
    const received = await this.#world.post(text, { to, contentType: 'text/xml; charset=UTF-8' });
    this.#answers.push(received);
    const same = expect['same-answer-as'];
    const faults = faultsOf(received, expect, this.#world);
    if (typeof same !== 'number') return faults;
    const own = /payloadID="[^"]*" timestamp="[^"]*"/;
    const isSame = received.text.replace(own, '') === this.#answers[same - 1]?.text.replace(own, '');
    return isSame ? faults : [...faults, `the answer is another one: ${received.text}`];
  }

  async #open({ browser = 'A' }: Step): Promise<readonly string[]> {
    const address = found(treeOf(this.#answers.at(-1)?.text ?? ''), 'Response/PunchOutSetupResponse/StartPage/URL')[0] ?? '';
    const its = this.#browsers.get(browser) ?? this.#world.browser();
    this.#browsers.set(browser, its);
    this.#page = await its.open(address);
    return this.#page.status === 200 ? [] : [`the start address answers with ${this.#page.status}`];
  }

  /** Takes the form of the store that ends the session, and then that which the browser would post to the buyer. */
  async #return({ return: how, browser = 'A', keep = {}, expect = {} }: Step): Promise<readonly string[]> {
    const verb = how === 'leave' ? 'leave' : 'return';
    const ending = this.#page?.forms.find(({ action }) => action.endsWith(`/-/${verb}`));
    const its = this.#browsers.get(browser);
    const first = ending && (await its?.submit(ending));
    // A cart without lines is not returned by accident: whoever shops is asked, and leaves.
    const asked = first?.forms.find(({ action }) => action.endsWith('/-/leave'));
    const page = asked === undefined ? first : await its?.submit(asked);
    const form = page?.forms.find(({ fields }) => fields.some(([name]) => /cxml/i.test(name)));
    if (form === undefined) return [`no form brings the cart to the buyer: ${page?.status} ${page?.html.slice(0, 400)}`];
    const root = treeOf(documentOf(form));
    for (const [name, path] of Object.entries(keep)) this.#kept.set(name, found(root, path)[0] ?? '');
    const values = Object.entries((expect['values'] as Readonly<Record<string, string>> | undefined) ?? {});
    const wrong = values.filter(([path, value]) => found(root, path).join() !== value);
    return [
      ...wrong.map(([path, value]) => `${path} is ${JSON.stringify(found(root, path))}, and should be ${JSON.stringify(value)}`),
      ...(expect['action'] === undefined || form.action === expect['action'] ? [] : [`the action is ${form.action}`]),
    ];
  }

  #after({ orders, lines, cancelled }: After): readonly string[] {
    const placed = [
      ...new Set(
        this.#world.given.filter(({ command }) => command === 'purchase-order.submit').map(({ input }) => JSON.stringify(nameOf(input))),
      ),
    ];
    const booked = placed.flatMap((name) => this.#booked(JSON.parse(name) as Name));
    const [order] = booked;
    const standing = order?.lines.filter((each) => !each.cancelled).map(({ line }) => ({ number: line.number, quantity: line.quantity }));
    const gone = order?.lines.filter((each) => each.cancelled).map(({ line }) => line.number);
    return [
      ...(orders === undefined || (booked.length === orders && order?.documents.length === 1) ? [] : [`there are ${booked.length} orders`]),
      ...(lines === undefined || JSON.stringify(standing) === JSON.stringify(lines) ? [] : [`the lines are ${JSON.stringify(standing)}`]),
      ...(cancelled === undefined || JSON.stringify(gone) === JSON.stringify(cancelled) ? [] : [`cancelled are ${JSON.stringify(gone)}`]),
    ];
  }

  #booked(name: Name): readonly BookedOrder[] {
    try {
      return [this.#world.book.order({ buyer: 'larkfield', ...name })];
    } catch {
      return [];
    }
  }
}

interface Name {
  readonly orderId: string;
  readonly test: boolean;
}

function nameOf(input: unknown): Name {
  const { orderId, test } = input as Name;
  return { orderId, test };
}

function documentOf({ fields }: Form): string {
  const [name, value] = fields.find(([each]) => /cxml/i.test(each)) ?? ['', ''];
  return documentIn(name, value);
}
