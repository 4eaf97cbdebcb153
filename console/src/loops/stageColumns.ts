/** The columns of the list of incidents by stage. */
import { say, t } from '../i18n';
import { board } from '../model/board.svelte';
import { clock } from '../model/clock.svelte';
import { pack } from '../model/pack.svelte';
import type { Column } from '../views/parts/listing.svelte';
import { sayLength } from './lengths';
import { sayRole, STAGES } from './stages';
import type { StageLine } from './stages.svelte';
import { standingOf } from './standing';
import { sayClock, sayTime, sayWhere } from './words';

const category = ({ loop }: StageLine): string =>
  say(pack.name('categories', board.incidents.get(loop.id)?.category));
const stage = ({ stay }: StageLine): string => t(`loops.stage.${stay.stage}`);
const time = ({ stay }: StageLine): string => sayLength(clock.now_ms - stay.from_ms);

function where({ loop, next }: StageLine): string {
  const zone = board.incidents.get(loop.id)?.zone;
  if (zone) return say(pack.zone(zone));
  return next
    ? sayWhere({ id: '', loop, run: next, standing: 'running' })
    : say(pack.org(loop.org));
}

function due({ loop, next }: StageLine): string {
  if (!next) return '';
  const standing = standingOf(next, clock.now_ms);
  return `${sayClock(next)} · ${sayTime({ id: '', loop, run: next, standing }, clock.now_ms)}`;
}

export function stageColumns(isNarrow: boolean): Column<StageLine>[] {
  const longest = ({ stay }: StageLine): number => stay.from_ms;
  if (isNarrow)
    return [
      {
        key: 'number',
        label: t('loops.number'),
        text: (line) => `${line.loop.number} ${stage(line)}`,
      },
      { key: 'time', label: t('loops.at_stage'), width: '6em', text: time, sort: longest },
    ];
  return [
    { key: 'number', label: t('loops.number'), width: '6em', text: ({ loop }) => loop.number },
    { key: 'category', label: t('op.category'), width: '1.2fr', text: category },
    { key: 'where', label: t('loops.where'), text: where },
    {
      key: 'stage',
      label: t('loops.stage'),
      width: '7em',
      text: stage,
      sort: ({ stay }) => STAGES.indexOf(stay.stage),
    },
    { key: 'owner', label: t('loops.owner'), text: ({ stay }) => sayRole(stay.owner) },
    { key: 'time', label: t('loops.at_stage'), width: '9.5em', text: time, sort: longest },
    {
      key: 'due',
      label: t('loops.next_clock'),
      width: '1.6fr',
      text: due,
      sort: ({ next }) => next?.due_ms ?? Infinity,
    },
  ];
}
