/** Places that call again: taken on with a task of prevention, or given up. */
import { act } from '../actions/act';
import { uuid7 } from '../actions/uuid7';
import { say, t } from '../i18n';
import type { Operation } from '../operations/operation';
import { isMine, repeats, type RepeatPlace } from './repeats.svelte';

export interface TakingOn {
  org: string;
  team: '' | 'command' | 'community' | 'case';
  text: string;
  due_ms: number | null;
}

/** An incident with a task of prevention; undone, the task is withdrawn unless somebody has begun. */
export async function takeOn(place: RepeatPlace, said: TakingOn): ReturnType<typeof act> {
  const spot = uuid7();
  const result = await act(
    'spot.take_on',
    {
      spot,
      place: place.place,
      kind: place.kind,
      incident: uuid7(),
      task: uuid7(),
      ...said,
    },
    {
      done: () => t('did.spot_take_on', { place: say(place.name) }),
      undo: () => void act('spot.drop', { spot }).then(() => repeats.load()),
    },
  );
  await repeats.load();
  return result;
}

export function drop(spot: string, place: string): void {
  void act('spot.drop', { spot }, { done: () => t('did.spot_drop', { place }) }).then(() =>
    repeats.load(),
  );
}

export const prevent: Operation = {
  id: 'spot.take_on',
  label: 'op.spot_take_on',
  group: 'spot',
  words: ['PREVENT', '防范'],
  takes: ['text'],
  asks: 'spot.asks',
  verb: 'spot.take_on',
  disabledBecause: () => {
    const place = repeats.chosen;
    if (!place) return t('why.spot_none');
    return place.spot ? t('why.spot_taken') : null;
  },
  run: ({ text }) => {
    const place = repeats.chosen!;
    void takeOn(place, { org: place.org, team: 'community', text, due_ms: null });
  },
};

export const giveUp: Operation = {
  id: 'spot.drop',
  label: 'op.spot_drop',
  group: 'spot',
  words: ['UNPREVENT', '撤销防范'],
  takes: [],
  verb: 'spot.drop',
  disabledBecause: () => (isMine(repeats.chosen) ? null : t('why.spot_not_taken')),
  run: () => drop(repeats.chosen!.spot!, say(repeats.chosen!.name)),
};
