/** Who may take part in a joint operation: organisations of the room, and partners. */
import { t } from '../i18n';
import { pack } from '../model/pack.svelte';
import { readOrg, type Named as Org } from '../notices/slots';
import type { OwnSlot } from '../operations/operation';
import { org as ofTasks, orgs } from '../tasks/said';
import { sayOrg } from '../tasks/words';

export function participants(): readonly Org[] {
  const partners = (pack.pack?.orgs ?? []).filter(({ level }) => level === 'partner');
  return [...orgs(), ...partners];
}

export const participant: OwnSlot<Org> = {
  ...ofTasks,
  read: (words) => readOrg(words, participants()),
  offers: () =>
    participants().map((one) => ({
      word: t('notice.to', { org: sayOrg(one.path) }),
      says: t('joint.with'),
    })),
};
