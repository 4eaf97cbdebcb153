/** Bytes on their way to the server, before the action that attaches them. */
import { SvelteMap } from 'svelte/reactivity';
import { upload, type Result } from '../api/client';
import type { Uploaded } from '../api/schema';

export interface Uploading {
  attachment: string;
  incident: string;
  task?: string | null;
}

class Uploads {
  /** What share of each has left, from 0 to 1. */
  readonly shares = new SvelteMap<string, number>();

  async send({ attachment, incident, task }: Uploading, bytes: Blob): Promise<Result<Uploaded>> {
    const where = new URLSearchParams({ incident, ...(task && { task }) });
    this.shares.set(attachment, 0);
    const result = await upload<Uploaded>(
      `/api/attachments/${attachment}?${where}`,
      bytes,
      (share) => this.shares.set(attachment, share),
    );
    this.shares.delete(attachment);
    return result;
  }
}

export const uploads = new Uploads();
