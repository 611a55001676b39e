import { CommandError, defineCommand, defineEvent, defineMessagePack, personal, secret, Type } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { describe, expect, it } from 'vitest';
import { setUp } from './support/kernel.ts';
import { notesPack } from './support/notes.ts';

const person = Type.Object({
  name: personal(Type.String()),
  title: personal(Type.String()),
  password: Type.Optional(secret({ description: 'The password.' })),
  age: Type.Optional(personal(Type.Integer({ maximum: 150 }))),
  city: Type.String(),
});
const register = defineCommand({ name: 'person.register', summary: 'Registers a person.', input: person });
const registered = defineEvent({ name: 'person.registered', summary: 'Somebody is registered.', data: person });
const anna = { name: 'Anna (née Berg)', title: 'Ms', password: 'geheim', age: 42, city: 'Msida' };

const pack = defineMessagePack({
  name: 'people',
  summary: 'People as JSON.',
  messages: [
    { name: 'Register', version: '1', direction: 'in', summary: 'Registers.', commands: [register] },
    { name: 'Registered', version: '1', direction: 'out', summary: 'Is registered.', event: registered },
  ],
  recognise: () => ({ name: 'Register', version: '1' }),
  read: (_type, message) => ({ command: 'person.register', input: JSON.parse(Buffer.from(message.body).toString()) as object }),
  compose(_type, data) {
    throw new CommandError('WB_TEST_TOO_LONG', `The name ${(data as typeof anna).name} is too long.`);
  },
}) as typeof notesPack;

describe('what tells of a person, or is secret', () => {
  it('stands in no reason and in no line of the log when a handler fails with it, whole or as a cause', async () => {
    const handler = handle(register, ({ name, title, password, age, city }) => {
      const cause = new Error(`duplicate key (${name}, ${password}, ${age}) of ${title} in ${city}`);
      throw new CommandError('WB_TEST_KNOWN', `${title} ${name} of ${city} is known.`, { cause, retryable: false });
    });
    const { kernel, memory, outcomes, lines } = setUp({ pack, handlers: [handler] });
    await kernel.start();
    memory.put('IN', { id: 'a', body: JSON.stringify(anna) });
    const [seen] = await outcomes('parked');
    const shown = await kernel.desk.show({ direction: 'in', entry: 'notes', id: 'a' });
    expect([shown?.reason, seen?.reason]).toEqual(['*** *** of Msida is known.', '*** *** of Msida is known.']);
    expect(shown?.code).toBe('WB_TEST_KNOWN');
    const logged = lines.find(({ text }) => text.startsWith('message parked'));
    expect(logged?.fields).toMatchObject({ cause: { error: 'duplicate key (***, ***, ***) of *** in Msida' } });
    expect(JSON.stringify(lines)).not.toMatch(/née|geheim/);
  });

  it('stands in no reason when it does not fit its schema', async () => {
    const { kernel, memory, outcomes, lines } = setUp({ pack, handlers: [handle(register, () => undefined)] });
    await kernel.start();
    memory.put('IN', { id: 'a', body: JSON.stringify({ ...anna, age: 4_711 }) });
    const [seen] = await outcomes('parked');
    expect(seen?.reason).toMatch(/wrong at age: must be <= 150/);
    expect(`${JSON.stringify(lines)}${seen?.reason}`).not.toContain('4711');
  });

  it('stands in no reason when an event cannot be composed, then or when it is replayed', async () => {
    const routes = [{ event: 'person.registered', message: 'Registered@1', to: ['out'] }];
    const { kernel, outcomes, lines } = setUp({ pack, outbound: { out: { queue: 'OUT' } }, routes, inbound: {}, handlers: [] });
    await kernel.start();
    await kernel.publish(registered, anna, { id: 'e-1' });
    const { rows } = await kernel.desk.list();
    expect(rows).toMatchObject([{ state: 'parked', reason: 'The name *** is too long.' }]);
    await kernel.desk.replay(rows, { who: 'test' });
    const [seen] = await outcomes('parked');
    expect(seen?.reason).toBe('The name *** is too long.');
    expect(JSON.stringify(lines)).not.toContain('née');
  });
});
