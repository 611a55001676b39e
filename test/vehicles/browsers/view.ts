import { eventually } from '@waybill/testing';
import type { Frame, Page } from 'puppeteer-core';

/** For how long something may take to appear on a machine that does much else, in milliseconds. */
const patience = 30_000;
/** The same for a click to be noticed. */
const clickPatience = 2_000;
const tries = 5;

/** A frame within a page, by the page and the name. */
interface Within {
  readonly view: View;
  readonly name: string;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * A page, or what is in a frame of it. It works where scripts are off, too: nothing of it waits for a script in the page, and clicks are those of a
 * mouse, as browsers ask for before they let a frame leave.
 */
export class View {
  readonly #page: Page;
  readonly #within: Within | undefined;

  constructor(page: Page, within?: Within) {
    this.#page = page;
    this.#within = within;
  }

  /** Where it is. */
  async url(): Promise<string> {
    return (await this.#read<string>('location.href')) ?? '';
  }

  /** What of it can be read. */
  async text(): Promise<string> {
    return (await this.#read<string>('document.body.innerText')) ?? '';
  }

  /** How many elements fit. */
  async count(selector: string): Promise<number> {
    return (await this.#read<number>(`document.querySelectorAll(${JSON.stringify(selector)}).length`)) ?? 0;
  }

  /** An attribute of the first element that fits. */
  async attribute(selector: string, name: string): Promise<string | undefined> {
    return (await this.#read<string | null>(`${one(selector)}?.getAttribute(${JSON.stringify(name)})`)) ?? undefined;
  }

  /** Resolves when the text can be read. */
  async shows(text: string): Promise<void> {
    await eventually(async () => (await this.text()).includes(text), { what: `the page to show "${text}"`, within: patience });
  }

  /** Resolves when the address fits. */
  async isAt(address: RegExp): Promise<void> {
    await eventually(async () => address.test(await this.url()), { what: `the address to be like ${address}`, within: patience });
  }

  /**
   * Clicks on the first element that fits, as soon as there is one; `times` without a pause. A browser that has just put a new page into a frame may lose a
   * click: an element that was clicked has the focus, or is gone with its page; else it is tried again.
   */
  async click(selector: string, times = 1): Promise<void> {
    await this.#has(selector);
    for (let left = tries; left > 0; left--) {
      await this.#read(`(document.beforeClick = true, document.activeElement?.blur())`);
      const { x, y } = await this.#middleOf(selector);
      for (let time = 0; time < times; time++) await this.#page.mouse.click(x, y);
      const arrived = eventually(() => this.#isClicked(selector), { what: `a click on ${selector}`, within: clickPatience });
      if (
        await arrived.then(
          () => true,
          (error: unknown) => left === 1 && Promise.reject(error as Error),
        )
      )
        return;
    }
  }

  /** Fills in a field. */
  async fill(selector: string, value: string): Promise<void> {
    await this.click(selector);
    await this.#read(`${one(selector)}.select()`);
    await this.#page.keyboard.type(value);
  }

  /** Chooses from a list. */
  async choose(selector: string, value: string): Promise<void> {
    await this.#has(selector);
    await this.#read(`${one(selector)}.value = ${JSON.stringify(value)}`);
  }

  /** What is in a frame, by its name. */
  frame(name: string): View {
    return new View(this.#page, { view: this, name });
  }

  async #isClicked(selector: string): Promise<boolean> {
    const isHere = await this.#read<boolean>(
      `document.beforeClick === true && ${one(selector)} !== document.activeElement && ${one(selector)}?.disabled !== true`,
    );
    return isHere !== true;
  }

  async #has(selector: string): Promise<void> {
    await eventually(async () => (await this.count(selector)) > 0, { what: `an element like ${selector}`, within: patience });
  }

  async #find(): Promise<Frame | undefined> {
    if (this.#within === undefined) return this.#page.mainFrame();
    const { view, name } = this.#within;
    const element = await (await view.#find())?.$(named(name));
    return (await element?.contentFrame()) ?? undefined;
  }

  /** Undefined while a page comes and the one before is gone. */
  async #read<Output>(expression: string): Promise<Output | undefined> {
    const frame = await this.#find().catch(() => undefined);
    return frame?.evaluate(expression).catch(() => undefined) as Promise<Output | undefined>;
  }

  async #middleOf(selector: string): Promise<Point> {
    const middle = await this.#read<Point>(`(() => {
      const one = ${one(selector)};
      one.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, top, width, height } = one.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    })()`);
    const corner = await this.#corner();
    if (middle === undefined) throw new Error(`There is no ${selector} any more.`);
    return { x: corner.x + middle.x, y: corner.y + middle.y };
  }

  /** Where it begins in the window. */
  async #corner(): Promise<Point> {
    if (this.#within === undefined) return { x: 0, y: 0 };
    const { view, name } = this.#within;
    const [around, own] = [
      await view.#corner(),
      await view.#read<Point>(`(() => {
      const frame = ${one(named(name))};
      const { left, top } = frame.getBoundingClientRect();
      return { x: left + frame.clientLeft, y: top + frame.clientTop };
    })()`),
    ];
    return { x: around.x + (own?.x ?? 0), y: around.y + (own?.y ?? 0) };
  }
}

const one = (selector: string): string => `document.querySelector(${JSON.stringify(selector)})`;
const named = (name: string): string => `iframe[name="${name}"]`;
