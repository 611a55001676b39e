import { join } from 'node:path';
import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { atBrowsers } from '../../../test/vehicles/browsers/browsers.ts';
import { line, postCart, startBoth } from './stub-shop.ts';

/** Where pictures of the pages are kept for people to look at; without it, nowhere. */
const pictures = process.env['WAYBILL_PICTURES'];

atBrowsers('what the pages of the buyer simulator do in a browser is not seen', ({ engine, person }) => {
  describe('the page of the buyer', () => {
    it.each([1_200, 400])('renews itself, orders and cancels by its buttons, %i pixels wide', async (width) => {
      const { buyer, shop } = await startBoth();
      const tab = await (await person()).open(buyer.url, width);
      await tab.shows('No document was exchanged yet.');
      const { id } = await buyer.shop({ opening: 'frame' });
      await tab.shows('PunchOutSetupRequest');
      await postCart(buyer, id, {
        lines: [{ ...line('ROPE-8'), description: '"><script>document.title = "changed"</script>' }, line('OIL')],
      });
      await tab.shows('to be ordered');
      await tab.click('#requisitions a');
      await tab.fill('input[name="quantity-1"]', '12');
      await tab.click('button.main');
      await tab.shows('PO-70331 ordered');
      expect(buyer.requisition(id).lines.map(({ quantity }) => quantity)).toEqual(['2', '12']);
      if (pictures) await tab.screenshot(join(pictures, `${engine}-buyer-${width}.png`) as `${string}.png`);
      await tab.click('button.quiet');
      await eventually(() => buyer.requisition(id).order?.state === 'canceled', { what: 'the order to be canceled' });
      await tab.shows('PO-70331 canceled');
      await tab.click('#exchanges a');
      await tab.shows('OrderRequest');
      await tab.shows('********');
      if (pictures) await tab.screenshot(join(pictures, `${engine}-exchange-${width}.png`) as `${string}.png`);
      expect(shop.texts).toHaveLength(3);
      expect(await tab.count('script:not([src])')).toBe(0);
    });
  });
});
