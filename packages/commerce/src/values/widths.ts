/**
 * How long texts and numbers may be, where the reference says so, in characters. The schemas of commands and events take their
 * widths from here, and so do the messages of a pack. Whatever an event may hold can therefore be written.
 * What is not named here has no width. Source: reference/fulfillment-messages.md, the columns in sections 3.2, 4.2, 6 and 8.
 */
export const widths = {
  partNumber: 64,
  /** The number of an order at the merchant or back end, and of an item there. */
  merchantNumber: 30,
  currency: 10,
  /** The currency of a receipt and of the costs of a shipment. */
  costCurrency: 3,
  /** The state of an order or item in the store. */
  orderState: 3,
  /** The status that a back end gives an order or item. */
  orderStatus: 32,
  sequenceNumber: 64,
  statusComment: 254,
  stockComment: 254,
  packageId: 20,
  trackingId: 40,
  pickupRecordId: 20,
  weightMeasure: 16,
  statusField: 254,
  logonId: 254,
  challenge: 254,
  billingCode: 17,
  billingCodeType: 2,
  distinguishedName: 1000,
  userField: 254,
  displayName: 128,
  photo: 254,
  aboutCustomer: 4000,
  preferredMeasure: 15,
  preferredCommunication: 2,
  preferredDelivery: 1000,
  profileField: 254,
  businessTitle: 128,
  organizationName: 128,
  employeeNumber: 20,
  employeeType: 128,
  departmentNumber: 128,
  colleague: 256,
  codeOfOne: 1,
  companyName: 128,
  hobbies: 254,
  timeZone: 5,
} as const;

/** Amounts and quantities are DECIMAL(20,5): so many digits in all, and so many of them behind the point. */
export const exactNumber = { digits: 20, scale: 5 } as const;
