import { damaged, doubled, type Fault, place } from './fault.ts';
import { customer, inventory, orderStatus, orderStatus20 } from './samples.ts';

function invalid(code: string, what: string, at: string, body: string): Fault {
  return { what, body, code, at: place(at) };
}

const product = 'Update_WCS_ProductInventory/DataArea/ProductInventoryInfo[1]';
const invoice = 'OrderInvoice/OrderStatusHeader/InvoiceInfo';

function missing(what: string, at: string, body: string): Fault {
  return invalid('WB_XML_MISSING_ELEMENT', what, at, body);
}

const missingFaults: readonly Fault[] = [
  missing('no DataArea', 'Update_WCS_OrderStatus/DataArea', damaged(orderStatus20, /<DataArea>[^]*<\/DataArea>/, '')),
  missing('no ControlArea', 'Update_WCS_OrderStatus/ControlArea', damaged(orderStatus20, /<ControlArea>[^]*<\/ControlArea>/, '')),
  missing('an empty DataArea', 'Update_WCS_OrderStatus/DataArea', damaged(orderStatus20, /<DataArea>[^]*<\/DataArea>/, '<DataArea/>')),
  missing('no order number', 'OrderStatusHeader/OrderNumber[1]', damaged(orderStatus20, /(\s*<OrderNumber .*<\/OrderNumber>)+/, '')),
  missing(
    'no password',
    'Create_WCS_Customer/ControlArea/Credentials/Password',
    damaged(customer, '<Password>kestrel-4410</Password>', ''),
  ),
  missing(
    'elements in the wrong order',
    `${product}/ProductSKU`,
    damaged(
      inventory,
      /(<ProductSKU>.*<\/ProductSKU>)\s*(<MerchantID>.*<\/MerchantID>)/,
      '<MerchantID>10151</MerchantID><ProductSKU>HP</ProductSKU>',
    ),
  ),
];

function wrong(what: string, at: string, body: string): Fault {
  return invalid('WB_XML_BAD_VALUE', what, at, body);
}

const valueFaults: readonly Fault[] = [
  wrong(
    'a status that does not exist',
    'OrderStatusHeader/Status@StatusCondition',
    damaged(orderStatus, 'StatusCondition="SP"', 'StatusCondition="Q"'),
  ),
  wrong('an attribute outside its set', 'OrderStatusHeader@UpdateMode', damaged(orderStatus, 'UpdateMode="P"', 'UpdateMode="X"')),
  wrong('an amount that is a word', `${invoice}/InvoiceValue`, damaged(orderStatus20, '>222.05<', '>much<')),
  wrong('a date that does not exist', `${invoice}/InvoiceDate`, damaged(orderStatus20, '2024-03-15T', '2024-02-31T')),
  wrong('a value that is too long', `${product}/ProductSKU`, damaged(inventory, 'HP-LAMP-02', 'L'.repeat(65))),
  wrong('an empty value', `${product}/ProductSKU`, damaged(inventory, 'HP-LAMP-02', '')),
  wrong('the verb of another message', 'ControlArea/Verb@value', damaged(inventory, 'value="Update"', 'value="Delete"')),
];

const surplusFaults: readonly Fault[] = [
  invalid('WB_XML_TOO_MANY', 'two data areas', 'Update_WCS_OrderStatus/DataArea', doubled(orderStatus20, /<DataArea>[^]*<\/DataArea>/)),
  invalid('WB_XML_TOO_MANY', 'two kinds of status', 'DataArea/OrderInvoice', doubled(orderStatus20, /<OrderInvoice>[^]*<\/OrderInvoice>/)),
  invalid(
    'WB_XML_UNEXPECTED_ELEMENT',
    'an unknown element',
    `${product}/Colour`,
    damaged(inventory, '<Quantity>', '<Colour>red</Colour><Quantity>'),
  ),
  invalid(
    'WB_XML_UNEXPECTED_TEXT',
    'text between elements',
    'ProductInventory/DataArea',
    damaged(inventory, '<DataArea>', '<DataArea>hello'),
  ),
  invalid(
    'WB_XML_UNKNOWN_ATTRIBUTE',
    'an unknown attribute',
    'DataArea@colour',
    damaged(inventory, '<DataArea>', '<DataArea colour="red">'),
  ),
];

/** Well-formed messages of the pack that are not as they are declared. */
export const invalidFaults: readonly Fault[] = [...missingFaults, ...valueFaults, ...surplusFaults];
