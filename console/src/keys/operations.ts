/** API keys of partners: made on the page of agreements, revoked there or by how they begin. */
import { act, showFailure } from '../actions/act';
import { uuid7 } from '../actions/uuid7';
import { post } from '../api/client';
import type { PartnerKeyRow } from '../api/schema';
import { t } from '../i18n';
import { clock } from '../model/clock.svelte';
import { router } from '../model/router.svelte';
import type { Operation, OwnSlot } from '../operations/operation';
import { sayPartner } from '../referrals/words';
import { keys } from './keys.svelte';

const DAY_MS = 86_400_000;
const SHORTEST = 8;

/** Has the server make a key; it is shown until it is put away, and never again. */
export async function makeKey(
  org: string,
  scope: PartnerKeyRow['scope'],
  days: number,
): Promise<boolean> {
  const body = {
    action: uuid7(),
    partner_key: uuid7(),
    org,
    scope,
    until_ms: Math.round(clock.now_ms + days * DAY_MS),
  };
  const result = await post('/api/partner-keys', { body });
  if (!result.ok) {
    showFailure(result.failure);
    return false;
  }
  keys.made = { key: result.value.key, org };
  keys.making = false;
  return true;
}

export function revokeKey(row: PartnerKeyRow): void {
  const said = { prefix: row.prefix, partner: sayPartner(row.org) };
  void act(
    'partner_key.revoke',
    { partner_key: row.id },
    { done: () => t('did.key_revoke', said) },
  );
}

export const make: Operation = {
  id: 'partner_key.add',
  label: 'op.key_make',
  group: 'referral',
  words: ['NEWKEY', '新建密钥'],
  takes: [],
  verb: 'partner_key.add',
  disabledBecause: () => null,
  run: () => {
    keys.making = true;
    if (router.page !== '/agreements') router.go('/agreements');
  },
};

const which: OwnSlot<string> = {
  name: 'key',
  read: ([word = '']) => {
    const said = word.toLowerCase();
    const found = keys.all.filter(
      ({ prefix }) => said.startsWith(prefix) || prefix.startsWith(said),
    );
    return said.length >= SHORTEST && found.length === 1 ? { value: found[0]!.id, used: 1 } : null;
  },
  say: (id) => keys.get(id)?.prefix ?? '',
  sample: () => 'drk_7c40…',
  offers: () => keys.all.map((row) => ({ word: row.prefix, says: sayPartner(row.org) })),
};

export const revoke: Operation = {
  id: 'partner_key.revoke',
  label: 'op.key_revoke',
  group: 'referral',
  words: ['REVOKE', '吊销'],
  takes: [which],
  verb: 'partner_key.revoke',
  disabledBecause: ({ own }) =>
    keys.get(own['key'] as string | undefined) ? null : t('why.key.none'),
  run: ({ own }) => revokeKey(keys.get(own['key'] as string)!),
};
