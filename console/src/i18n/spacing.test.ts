import { afterEach, beforeEach, expect, it } from 'vitest';
import { settings } from '../model/settings.svelte';
import { t } from '.';

beforeEach(() => {
  settings.language = 'zh';
});
afterEach(() => {
  settings.language = 'en';
});

it('parts a Latin name from Han by a blank, and no Han from Han', () => {
  expect(t('handover.from_to', { by: 'Chen', to: 'Zhou' })).toBe('Chen 交接给 Zhou');
  expect(t('handover.from_to', { by: '陈海', to: '周宁' })).toBe('陈海交接给周宁');
  expect(t('act.desk.handover_completed', { who: 'Chen' })).toBe('Chen 接管席位，交接完成');
  expect(t('act.actor', { role: '调度员', name: '陈海' })).toBe('调度员陈海');
  expect(t('act.actor', { role: '调度员', name: 'Chen' })).toBe('调度员 Chen');
});

it('lets call signs and what stands beside marks as they are', () => {
  expect(t('act.incident.unit_dispatched', { who: '陈海', unit: '巡101', incident: '4829' })).toBe(
    '陈海派 巡101 处置 4829',
  );
  expect(t('act.other', { who: 'Chen', type: 'x.v1' })).toBe('Chen：x.v1');
});

it('touches no English sentence', () => {
  settings.language = 'en';
  expect(t('handover.from_to', { by: '陈海', to: 'Zhou' })).toBe('陈海 hands over to Zhou');
});
