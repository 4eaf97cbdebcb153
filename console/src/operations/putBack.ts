/** Taking back a change of one value, unless somebody has changed it since. */
import { act } from '../actions/act';
import type { CommandOf, Verb } from '../api/commands';
import type { IncidentRow } from '../api/types';
import { t } from '../i18n';
import { board } from '../model/board.svelte';
import { messages } from '../model/messages.svelte';

/**
 * The undo of an action that has set a `field` of an incident to `made`: `verb` and `command` put the
 * value before back. A colleague's newer value stays, and the message line says so.
 */
export function putBack<F extends keyof IncidentRow, V extends Verb>(
  id: string,
  field: F,
  made: IncidentRow[F],
  verb: V,
  command: CommandOf<V>,
): () => void {
  return () => {
    const now = board.incidents.get(id);
    if (now && now[field] !== made) {
      const { number } = now;
      messages.show({
        tone: 'problem',
        text: () => t('undo.changed_since', { number }),
        remedy: () => t('undo.changed_since.remedy'),
      });
      return;
    }
    void act(verb, command);
  };
}
