/** What the bulletin says of its lines. */
import { isMessage, say, t } from '../i18n';
import { pack } from '../model/pack.svelte';
import type { Words } from './csv';
import { STAGE_FIGURES, STAGE_TIMES, type Line, type Section } from './lines';

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
    case 'ratings':
    case 'by_org':
      return row === '' ? t('ratings.section.all') : say(pack.org(row)) || row;
    case 'all':
      return '';
  }
}

export function sayFigure(figure: string): string {
  const key = `bulletin.${figure}`;
  return isMessage(key) ? t(key) : figure;
}

/** The organisation that figures are of; the room is called as the city pack is. */
export const sayOrgOf = (org: string): string =>
  (org ? say(pack.org(org)) : say(pack.pack?.title)) || org;

/** What callers said: `asked`, or `satisfied:speed`. */
function sayRated(figure: string): string {
  const [name, aspect] = figure.split(':');
  const key = `ratings.${name}`;
  const of = `callback.aspect.${aspect}`;
  return isMessage(key)
    ? t(key as 'ratings.satisfied', { what: isMessage(of) ? t(of) : '' })
    : figure;
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
    t('ratings.csv.low'),
    t('ratings.csv.high'),
    t('bulletin.csv.cases'),
  ],
  section: ({ section }) => t(`bulletin.section.${section}`),
  row: ({ section, row }) => sayRow(section, row),
  figure: ({ section, figure }) => (section === 'ratings' ? sayRated(figure) : sayFigure(figure)),
});

export const trendHead = (): string[] => [
  t('bulletin.csv.week'),
  t('loops.org'),
  t('op.category'),
  ...STAGE_FIGURES.map(sayFigure),
  `${sayFigure('in_time')} %`,
  ...STAGE_TIMES.map((name) => `${sayFigure(name)} (s)`),
  t('bulletin.csv.cases'),
];
