import { defineMessagePack } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { setUp } from './support/kernel.ts';
import { note, notesPack } from './support/notes.ts';

describe('what stood in a message and belongs to no command', () => {
  const pack = defineMessagePack({
    ...notesPack,
    read: (type, message, options) => ({
      ...notesPack.read(type, message, options),
      surplus: { unknown: { 'Note/Colour': 'red' }, order: ['Note'] },
    }),
  });

  it('is named in the log line of the message, without what it says', async () => {
    const { kernel, memory, outcomes, lines } = setUp({ pack });
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await outcomes('done');
    const told = lines.find(({ text }) => text === 'message handled');
    expect(told?.fields).toMatchObject({ messageType: 'Note@1', surplus: ['unknown', 'order'] });
    expect(JSON.stringify(lines)).not.toContain('red');
  });
});
