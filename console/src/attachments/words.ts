/** What an attachment is called, and what may be done with it. */
import type { AttachmentRow } from '../api/schema';
import { t } from '../i18n';
import { session } from '../model/session.svelte';

const ANY: readonly string[] = ['dispatcher', 'supervisor', 'station_command'];

export function sayKind({ kind }: AttachmentRow): string {
  return t(`attachment.kind.${kind}`);
}

/** Who added it, the desk and the command office. */
export function mayStrike({ by }: AttachmentRow): boolean {
  const { member } = session;
  return (
    session.may('attachment.strike') && (by === member?.id || ANY.includes(member?.role ?? ''))
  );
}
