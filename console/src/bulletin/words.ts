/** What the bulletin says of its lines. */
import { isMessage, say, t } from '../i18n';
import { pack } from '../model/pack.svelte';
import type { Words } from './csv';
import type { Line, Section } from './lines';

export function sayRow(section: Section, row: string): string {
  switch (section) {
    case 'stages': {
      const key = `loops.stage.${row}`;
      return isMessage(key) ? t(key) : row;
    }
    case 'clocks':
      return say(pack.name('clocks', row)) || row;
    case 'by_category':
      return say(pack.name('categories', row)) || row;
    case 'by_org':
      return say(pack.org(row)) || row;
    case 'all':
      return '';
  }
}

export function sayFigure(figure: string): string {
  const key = `bulletin.${figure}`;
  return isMessage(key) ? t(key) : figure;
}

export const sayLine = ({ section, row, figure }: Line): string =>
  [t(`bulletin.section.${section}`), sayRow(section, row), sayFigure(figure)]
    .filter(Boolean)
    .join(' · ');

export const csvWords = (): Words => ({
  head: [
    t('bulletin.csv.week'),
    t('bulletin.csv.section'),
    t('bulletin.csv.row'),
    t('bulletin.csv.figure'),
    t('bulletin.csv.value'),
    t('bulletin.csv.share'),
    t('bulletin.csv.cases'),
  ],
  section: ({ section }) => t(`bulletin.section.${section}`),
  row: ({ section, row }) => sayRow(section, row),
  figure: ({ figure }) => sayFigure(figure),
});
