/** What can be done with attachments in the command line. */
import { t } from '../i18n';
import type { Operation } from '../operations/operation';
import { attachments } from './attachments.svelte';

export const attach: Operation = {
  id: 'attachment.add',
  label: 'op.attachment_add',
  also: ['attachment.take'],
  group: 'attachment',
  words: ['ATTACH', '添加附件'],
  takes: [],
  verb: 'attachment.add',
  disabledBecause: () => (attachments.choose ? null : t('why.attachment.nowhere')),
  run: () => attachments.choose?.(),
};
