import { eventually } from '@waybill/testing';
import type { ElementHandle, Frame, Page } from 'puppeteer-core';

/** For how long something may take to appear on a machine that does much else, in milliseconds. */
const patience = 30_000;

/**
 * A page, or what is in a frame of it. It works where scripts are off, too: nothing of it waits for a script in the page, and clicks are those of a
 * mouse, as browsers ask for before they let a frame leave.
 */
export class View {
  readonly #page: Page;
  readonly #find: () => Promise<Frame | null>;

  constructor(page: Page, find: () => Promise<Frame | null>) {
    this.#page = page;
    this.#find = find;
  }

  /** Where it is. */
  async url(): Promise<string> {
    return (await this.#find())?.url() ?? '';
  }

  /** What of it can be read. */
  async text(): Promise<string> {
    return (await this.#read(() => document.body.innerText)) ?? '';
  }

  /** How many elements fit. */
  async count(selector: string): Promise<number> {
    return (await this.#read((given) => document.querySelectorAll(given).length, selector)) ?? 0;
  }

  /** An attribute, or what stands in a field (`value`), of the first element that fits. */
  async valueOf(selector: string, name: string): Promise<string | undefined> {
    const read = (given: string, wanted: string): string | null => {
      const element = document.querySelector(given);
      return wanted === 'value' && element instanceof HTMLInputElement ? element.value : (element?.getAttribute(wanted) ?? null);
    };
    return (await this.#read(read, selector, name)) ?? undefined;
  }

  /** Resolves when the text can be read. */
  async shows(text: string): Promise<void> {
    await eventually(async () => (await this.text()).includes(text), { what: `the page to show "${text}"`, within: patience });
  }

  /** Resolves when the address fits. */
  async isAt(address: RegExp): Promise<void> {
    await eventually(async () => address.test(await this.url()), { what: `the address to be like ${address}`, within: patience });
  }

  /** Clicks on the first element that fits, as soon as there is one; `times` without a pause. */
  async click(selector: string, times = 1): Promise<void> {
    await eventually(async () => (await this.count(selector)) > 0, { what: `an element like ${selector}`, within: patience });
    const { x, y } = await this.#middleOf(selector);
    for (let time = 0; time < times; time++) await this.#page.mouse.click(x, y);
  }

  /** Fills in a field. */
  async fill(selector: string, value: string): Promise<void> {
    await this.click(selector);
    await this.#read((given) => (document.querySelector(given) as HTMLInputElement | null)?.select(), selector);
    await this.#page.keyboard.type(value);
  }

  /** Chooses from a list. */
  async choose(selector: string, value: string): Promise<void> {
    const choose = (given: string, wanted: string): void => {
      const list = document.querySelector(given) as HTMLSelectElement;
      list.value = wanted;
      list.dispatchEvent(new Event('change', { bubbles: true }));
    };
    await eventually(async () => (await this.count(selector)) > 0, { what: `a list like ${selector}`, within: patience });
    await this.#read(choose, selector, value);
  }

  /** What is in a frame, by its name. */
  frame(name: string): View {
    return new View(this.#page, async () => {
      const frame = await this.#find();
      const element = await frame?.$(`iframe[name="${name}"]`);
      return (await element?.contentFrame()) ?? null;
    });
  }

  /** Undefined while a page comes and the one before is gone. */
  async #read<Input extends unknown[], Output>(read: (...input: Input) => Output, ...input: Input): Promise<Output | undefined> {
    const frame = await this.#find().catch(() => null);
    return frame?.evaluate(read as (...input: unknown[]) => Output, ...input).catch(() => undefined);
  }

  async #middleOf(selector: string): Promise<{ readonly x: number; readonly y: number }> {
    const frame = await this.#find();
    const element = await frame?.$(selector);
    if (!frame || !element) throw new Error(`There is no ${selector} any more.`);
    let { x, y } = await middle(element);
    for (let around: Frame | null = frame; around?.parentFrame(); around = around.parentFrame()) {
      const corner = await (await around.frameElement())?.evaluate((frameElement) => {
        const { left, top } = frameElement.getBoundingClientRect();
        return { left: left + frameElement.clientLeft, top: top + frameElement.clientTop };
      });
      x += corner?.left ?? 0;
      y += corner?.top ?? 0;
    }
    return { x, y };
  }
}

function middle(element: ElementHandle): Promise<{ readonly x: number; readonly y: number }> {
  return element.evaluate((one) => {
    one.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { left, top, width, height } = one.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });
}
