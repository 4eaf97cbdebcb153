/** What units are called in each language; a unit without a call sign is called by its id. */
import type { Text } from '../api/types';
import { settings } from './settings.svelte';

class CallSigns {
  #signs = $state.raw<ReadonlyMap<string, Text>>(new Map());
  #ids = $derived(
    new Map(
      [...this.#signs].flatMap(([id, { en, zh }]) =>
        [en, zh].map((sign) => [sign.toUpperCase(), id]),
      ),
    ),
  );

  use(signs: readonly ({ id: string } & Text)[]): void {
    this.#signs = new Map(signs.map((one) => [one.id, one]));
  }

  /** The unit that is called so. */
  id(sign: string): string | undefined {
    return this.#ids.get(sign.toUpperCase());
  }

  /** A text of the server, which knows units by their ids, with the call signs instead. */
  within(text: string): string {
    if (settings.language === 'en') return text;
    return text.replace(/[A-Za-z]+[\w-]*/g, (word) => this.of(word));
  }

  of(id: string): string {
    return this.#signs.get(id)?.[settings.language] ?? id;
  }
}

export const callSigns = new CallSigns();

/** What a unit is called in the current language. */
export function callSign(id: string | null | undefined): string {
  return id ? callSigns.of(id) : '';
}
