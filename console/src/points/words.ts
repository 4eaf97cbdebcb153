/** What is open about an incident, in words. */
import type { IncidentRow, PointReading } from '../api/types';
import { sayDesk } from '../desks/words';
import { listed, say, t } from '../i18n';
import { pack } from '../model/pack.svelte';
import { sayPartner } from '../referrals/words';

/** The point itself, whether it is settled or not. */
export function sayPoint(point: PointReading, row: IncidentRow): string {
  if (point.kind === 'prompt') return t('point.prompt', { question: sayQuestion(point, row) });
  if (point.kind === 'units') return t('point.units', { needs: sayUnmet(row) });
  if (point.kind === 'partner') return t('point.partner', { partner: sayPartner(point.partner!) });
  if (point.kind === 'desk') return t('point.desk', { desk: sayDesk(point.desk!) });
  return t(`point.${point.kind}`);
}

/** What became of it, where it is settled. */
export function saySettled({ how, reason }: PointReading): string {
  if (how === 'confirmed') return t('point.confirmed');
  return t('point.struck', { reason: say(pack.name('point_reasons', reason)) });
}

function sayQuestion({ prompt }: PointReading, { category }: IncidentRow): string {
  const asked = pack.pack?.prompts[category]?.find((one) => one.code === prompt);
  return asked ? say(asked) : (prompt ?? '');
}

function sayUnmet({ unmet }: IncidentRow): string {
  return listed(
    unmet.map(
      ({ capability, count }) => `${count} × ${say(pack.name('capabilities', capability))}`,
    ),
  );
}
