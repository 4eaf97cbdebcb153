import { expect, it } from 'vitest';
import { messages } from './messages.svelte';

it('keeps what taking a message back says', () => {
  const problem = { tone: 'problem' as const, text: () => 'It is gone for good.' };
  const undo = { label: () => 'Undo', run: () => void messages.show(problem) };
  messages.show({ tone: 'done', text: () => 'Deleted.', undo });
  messages.undo(messages.list.at(-1)!);
  expect(messages.list.map(({ text }) => text())).toEqual(['It is gone for good.']);
});
