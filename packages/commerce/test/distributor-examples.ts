import type {
  BatchAvailabilityInput,
  BatchAvailabilityRequest,
  QuotationInput,
  QuotationRequest,
  TransferInput,
  TransferRequest,
} from '../src/index.ts';

// What the predefined sample messages say of distributors.

const lamp = { globalId: 'HP-LAMP-02', distributorIds: ['NL-7702'] };
const account = { customerNumber: 'C-4471', partnerGroup: 'EAST', organizationName: 'Northline Distribution' };
const finish = { type: 'STRING', value: 'antique', operator: '=', name: 'finish' };
const warehouse = { warehouseId: 'W3', street: '40 Railhead Way', town: 'Larkhaven', postcode: 'L4K 5M2' };

export const quotationAsked: QuotationRequest = {
  requestId: '90117',
  orderId: '12011',
  storeId: '10151',
  distributorId: 'NLD',
  account,
  lines: [{ product: lamp, lineNumber: '45020', quantity: '6', unitOfMeasure: 'C62', attributes: [finish] }],
  additionalInformation: true,
};

export const quotation: QuotationInput = {
  requestId: '90117',
  distributorId: 'NLD',
  lines: [
    {
      product: lamp,
      lineNumber: '45020',
      quantity: '4',
      sellingPrice: { currency: 'CAD', amount: '57.25' },
      listPrice: { currency: 'CAD', amount: '69.00' },
      unitOfMeasure: 'C62',
      condition: '0',
      conditionText: 'Limited stock',
      estimatedDate: '2024-03-18T00:00:00.000000',
      supplierData: 'quote=Q-5531;line=1',
      description: 'Brass cabin lamp',
      attributes: [finish],
      promotions: ['Free carton inserts in March'],
      warehouses: [{ ...warehouse, quantities: [{ available: '2024-03-18T00:00:00.000000', quantity: '4' }] }],
      substitutes: [
        {
          substitutionCode: 'UPGRADE',
          products: [{ globalId: 'HP-LAMP-03', distributorIds: ['NL-7703'] }],
          lineNumber: '45020',
          quantity: '6',
          sellingPrice: { currency: 'CAD', amount: '63.10' },
          condition: '0',
        },
      ],
    },
  ],
  inventorySource: 'DISTRIBUTOR',
  additionalInformation: true,
  status: { code: '0', flag: '0', text: 'Quotation prepared' },
};

export const transferAsked: TransferRequest = {
  requestId: '90121',
  orderId: '12011',
  storeId: '10151',
  distributorId: 'NLD',
  account,
  lines: [{ product: lamp, quantity: '4', lineNumber: '45020', unitOfMeasure: 'C62', supplierData: 'quote=Q-5531;line=1' }],
};

export const transferred: TransferInput = {
  requestId: '90121',
  distributorId: 'NLD',
  orderId: '12011',
  distributorOrderId: 'NLD-CART-33018',
  distributorOrderUrl: 'https://b2b.northline.example/carts/33018',
  status: { code: '0', text: 'Cart accepted' },
  lines: [
    {
      product: lamp,
      quantity: '4',
      lineNumber: '45020',
      unitOfMeasure: 'C62',
      listPrice: { currency: 'CAD', amount: '69.00' },
      sellingPrice: { currency: 'CAD', amount: '57.25' },
      supplierData: 'quote=Q-5531;line=1',
      description: 'Brass cabin lamp',
    },
  ],
  inventorySource: 'DISTRIBUTOR',
};

const rope = { globalId: 'HP-ROPE-10', distributorIds: ['NL-2210'] };

export const batchAsked: BatchAvailabilityRequest = {
  requestId: '90130',
  storeId: '10151',
  distributorId: 'NLD',
  lines: [{ product: rope, lineNumber: '1' }],
};

export const batch: BatchAvailabilityInput = {
  requestId: '90130',
  distributorId: 'NLD',
  lines: [
    {
      product: rope,
      lineNumber: '1',
      quantity: '380',
      listPrice: { amount: '16.00', currency: 'CAD' },
      unitOfMeasure: 'C62',
      condition: '0',
      conditionText: 'In stock',
      description: 'Rope, 10 m',
      estimatedDate: '2024-03-16T00:00:00.000000',
      warehouses: [{ ...warehouse, quantities: [{ quantity: '380' }] }],
    },
  ],
  status: { code: '0', flag: '0' },
};
