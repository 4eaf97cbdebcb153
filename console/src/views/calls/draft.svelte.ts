/**
 * What is half-typed about a call. It is kept in the browser tab for each call, so that neither a
 * reload nor another call loses a word, and forgotten when the call is done.
 */
import { ofRoom } from '../../api/room';
import { uuid7 } from '../../actions/uuid7';
import type { Channel, Place } from '../../api/types';

export interface DraftPlace extends Place {
  zone: string;
}

export interface Draft {
  /** The incident's id, made once: opening twice by mistake opens one. */
  incident: string;
  where: string;
  place: DraftPlace | null;
  what: string;
  category: string | null;
  /** Chosen by hand; null = as the category and the answers say. */
  priority: number | null;
  /** Answers by prompt. */
  answers: Record<string, string>;
  notes: string;
  name: string;
  number: string;
  channel: Channel;
  /** The unit that met it, on view. */
  unit: string;
  afterwards: boolean;
  date: string;
  time: string;
  /** Which of two equal wall-clock times; null = not said. */
  later: boolean | null;
}

const PREFIX = ofRoom('draft');

export function emptyDraft(channel: Draft['channel'] = 'telephone'): Draft {
  return {
    incident: uuid7(),
    where: '',
    place: null,
    what: '',
    category: null,
    priority: null,
    answers: {},
    notes: '',
    name: '',
    number: '',
    channel,
    unit: '',
    afterwards: false,
    date: '',
    time: '',
    later: null,
  };
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** The drafts of one member; `call` is null for an entry without a call. */
export class Drafts {
  constructor(private readonly storage: Storage | null) {}

  load(member: string, call: string | null): Draft {
    const channel = call === null ? 'on_view' : 'telephone';
    try {
      const kept = this.storage?.getItem(keyOf(member, call));
      return { ...emptyDraft(channel), ...(kept ? (JSON.parse(kept) as Partial<Draft>) : {}) };
    } catch {
      return emptyDraft(channel);
    }
  }

  save(member: string, call: string | null, draft: Draft): void {
    try {
      this.storage?.setItem(keyOf(member, call), JSON.stringify(draft));
    } catch {
      // Full or forbidden: the draft then lives as long as the page.
    }
  }

  forget(member: string, call: string | null): void {
    this.storage?.removeItem(keyOf(member, call));
  }

  /** Forgets what others left at this desk, and calls that are done. */
  tidy(member: string, isDone: (call: string) => boolean): void {
    if (!this.storage) return;
    const keys = Array.from({ length: this.storage.length }, (_, i) => this.storage!.key(i) ?? '');
    for (const key of keys) {
      if (!key.startsWith(`${PREFIX}/`)) continue;
      const [owner, call] = key.slice(PREFIX.length + 1).split('/');
      if (owner !== encodeURIComponent(member) || isDone(call ?? '')) this.storage.removeItem(key);
    }
  }
}

function keyOf(member: string, call: string | null): string {
  return `${PREFIX}/${encodeURIComponent(member)}/${call ?? 'blank'}`;
}

function tabStorage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

export const drafts = new Drafts(tabStorage());
