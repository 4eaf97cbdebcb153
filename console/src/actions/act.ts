/** Doing something: send the action, and say in the message line what came of it. */
import type { Failure, FieldProblem, Result } from '../api/client';
import type { CommandOf, Verb } from '../api/commands';
import type { ActionDone } from '../api/types';
import { about, isMessage, say, t } from '../i18n';
import { callSigns } from '../model/callSigns.svelte';
import { messages } from '../model/messages.svelte';
import { outgoing } from './outgoing';

export interface Saying {
  /** Shown when it is done; left out where the screen itself shows it. */
  done?: () => string;
  /** Offered for a while after it is done. */
  undo?: () => void;
  occurred_at_ms?: number;
}

/** Sends an action. Resolves with what the server answered; a refusal was shown already. */
export async function act<V extends Verb>(
  verb: V,
  command: CommandOf<V>,
  saying: Saying = {},
): Promise<Result<ActionDone>> {
  const result = await outgoing.act(verb, command, saying.occurred_at_ms);
  if (!result.ok) {
    showFailure(result.failure);
  } else if (saying.done) {
    const { done, undo } = saying;
    messages.show({
      tone: 'done',
      text: done,
      undo: undo && { label: () => t('message.undo'), run: undo },
    });
  }
  return result;
}

/** Puts what went wrong, and what to do, in the message line. */
export function showFailure(failure: Failure): void {
  messages.show({ tone: 'problem', ...explain(failure) });
}

function sayField({ field, message, message_zh }: FieldProblem): string {
  const key = `field_name.${field}`;
  const name = isMessage(key) ? t(key) : field;
  return about(name, say({ en: message, zh: message_zh ?? message }));
}

/** What went wrong and what to do about it, in the current language. */
export function explain(failure: Failure): { text: () => string; remedy?: () => string } {
  switch (failure.kind) {
    case 'refused':
      return {
        text: () => callSigns.within(say(failure.message)),
        remedy: () => callSigns.within(say(failure.remedy)),
      };
    case 'denied':
      return {
        text: () => (failure.because ? say(failure.because) : t('problem.denied')),
        remedy: () => t('problem.denied.remedy'),
      };
    case 'invalid':
      return {
        text: () => t('problem.invalid'),
        remedy: () => failure.fields.map(sayField).join(' · '),
      };
    case 'signed_out':
      return { text: () => t('problem.signed_out') };
    case 'not_saved':
      return { text: () => (failure.message ? say(failure.message) : t('problem.not_saved')) };
    case 'unreachable':
      return {
        text: () => t('problem.unreachable'),
        remedy: () => t('problem.unreachable.remedy'),
      };
    case 'not_found':
      return { text: () => t('problem.not_found') };
    case 'unexpected':
      return {
        text: () =>
          failure.message
            ? say(failure.message)
            : t('problem.unexpected', { status: failure.status }),
      };
  }
}
