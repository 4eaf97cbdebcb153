/** Keys that belong to one page alone and are handled there; here so that the help lists them. */
import type { MessageKey } from '../i18n';
import type { Page } from '../model/router.svelte';

export interface PageKeys {
  keys: readonly string[];
  label: MessageKey;
}

export const PAGE_KEYS: Partial<Record<Page, readonly PageKeys[]>> = {
  '/plan': [
    { keys: ['Ctrl+S'], label: 'plan.key.save' },
    { keys: ['Ctrl+Z'], label: 'plan.key.undo' },
    { keys: ['Esc'], label: 'plan.key.leave' },
    { keys: ['←', '→'], label: 'plan.key.tabs' },
    { keys: ['←', '→'], label: 'plan.key.step' },
    { keys: ['PgUp', 'PgDn'], label: 'plan.key.leap' },
    { keys: ['Home', 'End'], label: 'plan.key.ends' },
  ],
};
