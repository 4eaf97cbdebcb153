/** Saving what the page shows: never less than that, under the word "saved". */
import { t } from '../../i18n';
import { messages } from '../../model/messages.svelte';
import { planDesk } from './desk.svelte';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What was typed there isn't in the plan: the page said why it can't be taken. */
const REFUSED = '[aria-invalid="true"], input:invalid, textarea:invalid';

/** The first field of the open plan that holds what can't be taken. */
export function refusedIn(editor: ParentNode = document): Field | null {
  return editor.querySelector<Field>(REFUSED);
}

/** Saves, unless a field of the open plan holds what can't be taken: that one gets the focus. */
export async function saveShown(editor: ParentNode = document): Promise<boolean> {
  const field = refusedIn(editor);
  if (!field) return planDesk.save();
  const label = field.getAttribute('aria-label') ?? field.labels?.[0]?.textContent?.trim() ?? '';
  messages.show({
    tone: 'problem',
    text: () => t('plan.field_refused', { field: label }),
    remedy: () => t('plan.field_refused.remedy'),
  });
  field.focus();
  field.scrollIntoView({ block: 'nearest' });
  return false;
}
