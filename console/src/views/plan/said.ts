/** What the planner's desk says in the message line. */
import { t } from '../../i18n';
import { messages } from '../../model/messages.svelte';

export function copyName(name: string): string {
  return t('plan.copy_name', { name: name.slice(0, 70) });
}

export function sayDeleted(name: string, undo: (() => unknown) | null): void {
  messages.show({
    tone: 'done',
    text: () => t('plan.deleted', { name }),
    undo: undo ? { label: () => t('message.undo'), run: () => void undo() } : undefined,
  });
}

/** That what was altered here in a plan that others saved is gone, and their plan is left. */
export function sayDropped(name: string, undo: () => void): void {
  messages.show({
    tone: 'done',
    text: () => t('plan.dropped', { name }),
    undo: { label: () => t('message.undo'), run: undo },
  });
}

export function saySavedByAnother(): void {
  messages.show({
    tone: 'problem',
    text: () => t('plan.saved_by_another'),
    remedy: () => t('plan.saved_by_another.kept'),
  });
}

/**
 * That there is no file to save a plan over, or to begin its copy with: it was deleted, and can be
 * brought back; it can't be read; or it is gone for good. Offered is to do without that file.
 */
export function sayGone(
  name: string,
  why: 'deleted' | 'damaged' | 'for_good',
  doWithout: (() => void) | null,
): void {
  messages.show({
    tone: 'problem',
    text: () => t(`plan.gone.${why}`, { name }),
    remedy: () => t(`plan.gone.${why}.remedy`),
    undo: doWithout ? { label: () => t('plan.save_shown'), run: doWithout } : undefined,
  });
}
