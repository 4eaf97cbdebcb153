/** The public places that call again, as they were counted last, and the one that is looked at. */
import { get, type Failure } from '../api/client';
import type { Repeats } from '../api/schema';

export type RepeatPlace = Repeats['places'][number];
export type Prevention = Repeats['taken_on'][number];

export const idOf = ({ place, kind }: Pick<RepeatPlace, 'place' | 'kind'>): string =>
  `${kind} ${place}`;
export const isMine = (place: RepeatPlace | undefined): boolean => place?.spot != null;

class Counted {
  current = $state.raw<Repeats | null>(null);
  failure = $state.raw<Failure | null>(null);
  selected = $state<string | null>(null);
  readonly chosen = $derived(this.current?.places.find((one) => idOf(one) === this.selected));

  async load(): Promise<void> {
    const result = await get('/api/repeats');
    this.failure = result.ok ? null : result.failure;
    if (result.ok) this.current = result.value;
  }
}

export const repeats = new Counted();
