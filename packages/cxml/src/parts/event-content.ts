/** What a document to a buyer says, without what stands around it. */
export type EventContent<Data> = Omit<Data, 'buyer' | 'parties' | 'payloadId' | 'test'>;
