import { decimalText, matching, text } from '@waybill/values';
import { attribute, choice, defineXmlMessage, element, fixedAttribute, many1, optional } from '@waybill/xml';

const version = fixedAttribute('version', '1.0', { mandatory: true });
const number = element('ReturnNumber', text({ min: 1, example: 'R-1', trim: true }), 'The number of the return.');
const currency = matching({
  says: 'three letters',
  pattern: /^[A-Z]{3}$/,
  problem: 'is not a currency such as EUR',
  makeUp: () => 'EUR',
});

const item = element('Item', {
  attributes: {
    sku: attribute('sku', text({ min: 1, example: 'LAMP-3', trim: true })),
    quantity: attribute('quantity', decimalText({ example: '1' }), 'How many come back.'),
  },
});

export const notice = defineXmlMessage({
  root: element('Return_Notice', {
    attributes: { version },
    children: {
      order: element('OrderNumber', text({ min: 1, example: '10042', trim: true }), 'The order that the goods came with.'),
      reason: optional(element('Reason', text({ example: 'Too small' }))),
      items: many1(item),
    },
  }),
});

export const answer = defineXmlMessage({
  root: element('Return_Answer', {
    attributes: { version },
    children: {
      result: choice({
        accepted: element('Accepted', { children: { number } }),
        refused: element('Refused', { attributes: { code: attribute('code', text({ example: 'RETURNS_TOO_LATE' })) }, text: text() }),
      }),
    },
  }),
});

export const approval = defineXmlMessage({
  root: element('Return_Approval', {
    attributes: { version },
    children: {
      number,
      refund: element('Refund', { attributes: { currency: attribute('currency', currency) }, text: decimalText({ example: '19.90' }) }),
    },
  }),
});
