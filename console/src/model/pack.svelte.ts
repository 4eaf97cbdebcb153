/** The city pack's words: categories, codes, clocks, zones; and how to say them. */
import { get } from '../api/client';
import type { Category, CategoryGroup } from '../api/schema';
import type { Code, ContactReason, Pack, PointReason, Text } from '../api/types';
import { ofRoom } from '../api/room';
import { callSigns } from './callSigns.svelte';
import { clock } from './clock.svelte';
import { useTimeZone } from './timers';

export type CodeList =
  | 'categories'
  | 'capabilities'
  | 'kinds'
  | 'clear_reasons'
  | 'cancel_reasons'
  | 'unavailable_reasons'
  | 'override_reasons'
  | 'dispositions'
  | 'no_incident_reasons'
  | 'reopen_reasons';

/** Lists of which only the names are asked for. */
export type NamedList =
  | CodeList
  | 'agreements'
  | 'clocks'
  | 'clock_reasons'
  | 'given_tasks'
  | 'routes'
  | 'task_reasons'
  | 'point_reasons'
  | 'referral_reasons'
  | 'contact_reasons'
  | 'desks'
  | 'desk_offers'
  | 'desk_skills'
  | 'matter_kinds'
  | 'repeat_kinds';

const RETRY_MS = 5_000;

const ZONE = ofRoom('zone');

/** Times are the city's also on a page that was opened without a network. */
function keepTimeZone(zone: string): void {
  useTimeZone(zone);
  clock.tick(); // what is on the screen is the device's time until now
  try {
    localStorage.setItem(ZONE, zone);
  } catch {
    // Without storage they are the device's until the pack is there.
  }
}

function useKeptTimeZone(): void {
  try {
    const zone = localStorage.getItem(ZONE);
    if (zone) useTimeZone(zone);
  } catch {
    // As above.
  }
}

class PackStore {
  pack = $state.raw<Pack | null>(null);
  #names = $derived(namesOf(this.pack));
  #zones = $derived(new Map(this.pack?.zones.map((zone) => [zone.id, zone]) ?? []));
  #stations = $derived(new Map(this.pack?.stations.map((station) => [station.id, station]) ?? []));

  /** Loads the pack; without a network it is tried again until it is there. */
  async load(): Promise<void> {
    useKeptTimeZone();
    const result = await get('/api/pack');
    if (result.ok) {
      keepTimeZone(result.value.timezone);
      callSigns.use(result.value.call_signs);
      this.pack = result.value;
    } else if (result.failure.kind === 'unreachable' || result.failure.kind === 'not_saved') {
      setTimeout(() => void this.load(), RETRY_MS);
    }
  }

  /** The name of a code; an unknown code reads as itself. */
  name(list: NamedList, code: string | null | undefined): Text {
    if (!code) return { en: '', zh: '' };
    return this.#names.get(`${list}/${code}`) ?? { en: code, zh: code };
  }

  priority(level: number): Text {
    const found = this.pack?.vocabulary.priorities.find((priority) => priority.level === level);
    return found ?? { en: String(level), zh: String(level) };
  }

  zone(id: string): Text {
    return this.#zones.get(id) ?? { en: id, zh: id };
  }

  station(id: string): Text {
    return this.#stations.get(id) ?? { en: id, zh: id };
  }

  /** An organisation by its path. */
  org(path: string): Text {
    return this.pack?.orgs.find((one) => one.path === path) ?? { en: path, zh: path };
  }

  /** Why an open point may be struck today. */
  get pointReasons(): readonly PointReason[] {
    return (this.pack?.loop.point_reasons ?? []).filter((one) => !one.retired);
  }

  /** Why a caller may not be safe to contact today. */
  get contactReasons(): readonly ContactReason[] {
    return (this.pack?.loop.contact_reasons ?? []).filter((one) => !one.retired);
  }

  /** Codes that may still be chosen. */
  codes(list: CodeList): Code[] {
    const codes: readonly Code[] = this.pack?.vocabulary[list] ?? [];
    return codes.filter((code) => !code.retired);
  }

  /** The categories to choose from, by their groups; all together where the pack has none. */
  get categoryGroups(): { group: CategoryGroup | null; categories: Category[] }[] {
    const { groups = [], categories = [] } = this.pack?.vocabulary ?? {};
    const offered = categories.filter(({ retired }) => !retired);
    const found = [...groups, null].map((group) => ({
      group,
      categories: offered.filter((one) => one.group === (group?.code ?? '')),
    }));
    return found.filter((one) => one.categories.length > 0);
  }
}

function namesOf(pack: Pack | null): Map<string, Text> {
  const names = new Map<string, Text>();
  for (const [list, codes] of Object.entries(pack?.vocabulary ?? {}))
    for (const code of codes as Code[]) names.set(`${list}/${code.code}`, code);
  const {
    clocks = [],
    tasks = [],
    reasons = [],
    task_reasons = [],
    point_reasons = [],
    contact_reasons = [],
    routes = [],
    matter_kinds = [],
    repeat_kinds = [],
  } = pack?.loop ?? {};
  // Of several rules of one clock the first says what it is called.
  for (const one of [...clocks].reverse()) names.set(`clocks/${one.code}`, one);
  for (const one of routes) names.set(`routes/${one.code}`, one);
  for (const one of tasks) names.set(`given_tasks/${one.code}`, one);
  for (const one of reasons) names.set(`clock_reasons/${one.id}`, one);
  for (const one of task_reasons) names.set(`task_reasons/${one.id}`, one);
  for (const one of contact_reasons) names.set(`contact_reasons/${one.code}`, one);
  for (const one of matter_kinds) names.set(`matter_kinds/${one.code}`, one);
  for (const one of repeat_kinds) names.set(`repeat_kinds/${one.code}`, one);
  for (const one of pack?.agreements ?? []) names.set(`agreements/${one.code}`, one);
  for (const one of pack?.referral_reasons ?? []) names.set(`referral_reasons/${one.id}`, one);
  for (const one of point_reasons) names.set(`point_reasons/${one.code}`, one);
  for (const desk of pack?.desks ?? []) {
    names.set(`desks/${desk.code}`, desk);
    for (const one of desk.offers) names.set(`desk_offers/${one.code}`, one);
    for (const one of desk.skills) names.set(`desk_skills/${one.code}`, one);
  }
  return names;
}

export const pack = new PackStore();
