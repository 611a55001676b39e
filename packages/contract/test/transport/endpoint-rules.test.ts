import { describe, expect, it } from 'vitest';
import { cardOf } from '../../src/host.ts';
import { defineTransport, settings, Type } from '../../src/index.ts';

const text = (description: string) => Type.String({ description });
const site = settings({
  listen: settings({ host: text('The address.'), port: Type.Integer({ description: 'The port.' }) }, { description: 'Where it listens.' }),
});
const never = () => Promise.reject(new Error('Nothing is opened here.'));
const sides = {
  receive: {
    endpoint: settings({ path: text('The path.') }),
    guarantees: {
      transacted: false,
      ordered: 'no',
      shared: true,
      exclusive: false,
      replies: 'open',
      waits: true,
      redelivers: 'no',
      countsAttempts: false,
    },
    open: never,
  },
  send: { endpoint: settings({ url: text('The address.') }), guarantees: { requestReply: false, deduplicates: false }, open: never },
} as const;
const transport = { name: 'web', summary: 'For tests.', connection: site, connect: never };

describe('the rules of a transport', () => {
  it('stand in its card', () => {
    const receive = { ...sides.receive, rules: { unique: ['path'], needs: ['listen'] } };
    expect(cardOf(defineTransport({ ...transport, unique: ['listen.host', 'listen.port'], receive }))).toMatchObject({
      unique: ['listen.host', 'listen.port'],
      receive: { rules: { unique: ['path'], needs: ['listen'] } },
    });
  });

  it.each([
    ['of connections', { unique: ['listen.prot'] }],
    ['of connections, by a name that every object has', { unique: ['listen.constructor'] }],
    ['of entries', { receive: { ...sides.receive, rules: { unique: ['url'] } } }],
    ['of what the connection needs', { send: { ...sides.send, rules: { needs: ['path'] } } }],
  ])('are refused where they name a setting that does not exist: %s', (_, rules) => {
    expect(() => defineTransport({ ...transport, ...rules })).toThrow(/a rule names ".+", which is no setting/);
  });
});
