/** What members are called in each language; records name them by their staff numbers. */
import { get } from '../api/client';
import type { Colleague } from '../api/schema';
import { isMessage, say, t } from '../i18n';

class People {
  #names = $state.raw<Record<string, Colleague>>({});
  /** Whom the server was asked about: who isn't a member is not asked about again. */
  #asked = new Set<string>();
  #asking = false;

  async load(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const result = await get('/api/colleagues');
    this.#asking = false;
    if (result.ok) this.#names = result.value;
    else this.#asked.clear();
  }

  use(names: Record<string, Colleague>): void {
    this.#names = names;
  }

  /** All whose names are known, as they may be typed; partners' systems are nobody's colleagues. */
  get named(): { code: string; en: string; zh: string }[] {
    const people = Object.entries(this.#names).filter(([code]) => !code.startsWith('key:'));
    return people.map(([code, { en, zh }]) => ({ code, en, zh }));
  }

  /** Why somebody can't be given anything: they work here no more; null for who does. */
  whyGone(id: string): string | null {
    return this.#names[id]?.works === false ? t('why.person.left', { who: this.name(id) }) : null;
  }

  /** The name of a member or machine in the current language; else the staff number itself. */
  name(id: string | null | undefined): string {
    if (!id) return '';
    const found = this.#names[id];
    if (found) return say(found);
    const machine = `actor.${id}`;
    if (isMessage(machine)) return t(machine);
    if (!this.#asked.has(id)) {
      this.#asked.add(id);
      queueMicrotask(() => void this.load()); // a colleague who came after this page was opened
    }
    return id;
  }
}

export const people = new People();
