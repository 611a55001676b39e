import { bytes, duration, type Settings, settings, Type } from '@waybill/contract';

export const host = settings({
  host: Type.String({ description: 'The interface to listen on, and the host to send to.', default: '127.0.0.1' }),
});

export const source = settings({
  port: Type.Integer({ description: 'The port to listen on.', minimum: 1, maximum: 65535 }),
  limit: bytes({ description: 'Largest message to accept.', default: '1MB' }),
  patience: duration({ description: 'How long a sender may pause within a message before it is cut off.', default: '10s' }),
});

export const target = settings({
  port: Type.Integer({ description: 'The port to send to.', minimum: 1, maximum: 65535 }),
});

export type Host = Settings<typeof host>;
export type Source = Settings<typeof source>;
export type Target = Settings<typeof target>;
