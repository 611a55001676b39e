import { type Draft, type MessagePackDefinition, type MessageType, type ReplyOutcome, typeName } from '@waybill/contract';
import { expect } from 'vitest';
import { refusals, unreadables } from './errors.ts';
import { answeringContext, group, optionsOf, type PackHarness, question, readable, type SampledType } from './harness.ts';

export function askAboutReplies(pack: MessagePackDefinition, harness: PackHarness, { type, samples }: SampledType): void {
  const { reply } = type;
  if (!reply || type.direction !== 'in') return;
  const options = optionsOf(pack, harness);
  const answer = pack.messages.find((one) => typeName(one) === typeName(reply));
  group(`the answer to ${typeName(type)}`, () => {
    question('can be composed', () => {
      expect([typeof pack.reply, answer && typeName(answer)]).toEqual(['function', typeName(reply)]);
    });

    question('to what failed, and to what could not be read, is a message that goes out or none, the same each time', () => {
      const read = samples[0] === undefined ? undefined : pack.read(type, readable(samples[0]), options);
      const outcomes: readonly ReplyOutcome[] = [
        { ok: false, error: refusals.WB_SUITE_REFUSED('The suite refuses "this" & that <too>.'), read },
        { ok: false, error: unreadables.WB_SUITE_UNREADABLE('The suite cannot read it.') },
      ];
      for (const outcome of outcomes) expectAnswer(pack, harness, type, outcome);
    });

    const outputs = (type.commands ?? []).flatMap(({ name }) => harness.outputs?.[name] ?? []);
    if (outputs.length === 0) return;
    question('to what succeeded is a message of its type, the same each time', () => {
      for (const sample of samples) {
        const read = pack.read(type, readable(sample), options);
        for (const output of outputs) {
          const draft = expectAnswer(pack, harness, type, { ok: true, output, read });
          expect(draft?.type).toBe(reply.name);
        }
      }
    });
  });
}

function expectAnswer(pack: MessagePackDefinition, harness: PackHarness, type: MessageType, outcome: ReplyOutcome): Draft | undefined {
  const context = answeringContext(pack, harness);
  const draft = pack.reply?.(type, outcome, context);
  expect(pack.reply?.(type, outcome, context)).toEqual(draft);
  if (draft === undefined) return undefined;
  const found = pack.recognise(readable(draft.body), optionsOf(pack, harness));
  const made = pack.messages.find((one) => found && typeName(one) === typeName(found));
  expect([made?.name, made?.direction]).toEqual([draft.type, 'out']);
  return draft;
}
