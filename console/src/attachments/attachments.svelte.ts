/** What is attached where: what was heard of it, adding, striking, and the one that is looked at. */
import { act, showFailure } from '../actions/act';
import { files } from '../actions/outgoing';
import { uuid7 } from '../actions/uuid7';
import { get } from '../api/client';
import type { AttachmentReading, AttachmentRow } from '../api/schema';
import { t } from '../i18n';
import { board } from '../model/board.svelte';
import { messages } from '../model/messages.svelte';
import { overlays } from '../model/overlays.svelte';
import { LARGEST, shrunk } from './files';

/** An incident, or a task of it. */
export interface Where {
  incident: string;
  task?: string | null;
}
export type StrikeReason = Exclude<AttachmentRow['reason'], ''>;
export const REASONS: readonly StrikeReason[] = [
  'misfiled',
  'unclear_picture',
  'twice',
  'needless',
];

class Attachments {
  readonly #rows = board.table('attachments');
  /** The picture that lies over the page. */
  shown = $state.raw<{ where: Where; one: AttachmentReading; url: string } | null>(null);
  /** Opens the chooser of the part that is on the screen. */
  choose = $state.raw<(() => void) | null>(null);

  /** The journal position of the last change that was heard of, of some incidents. */
  heard(incidents: readonly string[]): number {
    const found = [...this.#rows.values()].filter(({ incident }) => incidents.includes(incident));
    return Math.max(0, ...found.map((row) => row.position));
  }

  /** `small`: what a picture may have before it is drawn smaller. */
  async add(where: Where, chosen: readonly File[], small = LARGEST): Promise<void> {
    for (const file of chosen) {
      const bytes = await shrunk(file, small);
      if (bytes.size > LARGEST) {
        const name = file.name;
        messages.show({
          tone: 'problem',
          text: () => t('attachment.too_large', { name }),
          remedy: () => t('attachment.too_large.remedy'),
        });
        continue;
      }
      const command = {
        attachment: uuid7(),
        incident: where.incident,
        task: where.task ?? null,
        text: (file.name || t('attachment.picture')).slice(-120),
      };
      void files.act('attachment.add', command, undefined, bytes);
    }
  }

  async strike(id: string, reason: StrikeReason): Promise<void> {
    await act(
      'attachment.strike',
      { attachment: id, reason },
      { done: () => t('did.attachment_strike'), undo: () => void this.restore(id) },
    );
    if (this.shown?.one.row.id === id) this.close();
  }

  async restore(id: string): Promise<void> {
    await act('attachment.restore', { attachment: id });
  }

  /** Pictures are shown from memory, anything else is saved. */
  async open(where: Where, one: AttachmentReading): Promise<void> {
    const bytes = await this.#bytes(where, one);
    if (!bytes) return;
    const url = URL.createObjectURL(bytes);
    if (isPicture(one.row)) {
      this.close();
      this.shown = { where, one, url };
      overlays.open = 'picture';
      return;
    }
    save(url, one.name ?? '');
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  close(): void {
    if (this.shown) URL.revokeObjectURL(this.shown.url);
    this.shown = null;
    if (overlays.open === 'picture') overlays.close();
  }

  async #bytes({ incident, task }: Where, { row }: AttachmentReading): Promise<Blob | null> {
    const result = await get('/api/readings/attachments/{attachment}', {
      params: { path: { attachment: row.id }, query: task ? { task } : { incident } },
      parseAs: 'blob',
    });
    if (result.ok) return result.value as unknown as Blob;
    showFailure(result.failure);
    return null;
  }
}

export function isPicture({ kind }: AttachmentRow): boolean {
  return kind === 'jpeg' || kind === 'png';
}

export function save(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}

export const attachments = new Attachments();
