/** Which panes of the room stand beside each other, and which take turns behind tabs. Pure. */
import type { Pane } from '../../model/panes.svelte';

export type Arrangement = 'whole' | 'low' | 'tall' | 'small' | 'single';

/** Three columns need this much. */
const THREE_PX = 1080;
/** Two columns: one for the incident or the call, one for everything else. */
const TWO_PX = 720;
/** Two panes above each other need this much, so that each has its least height. */
const STACKED_PX = 520;

/** The arrangement for a room of this size, in CSS pixels (so that zoom counts). */
export function arrange(width: number, height: number): Arrangement {
  if (width < TWO_PX) return 'single';
  if (width < THREE_PX) return height < STACKED_PX ? 'small' : 'tall';
  return height < STACKED_PX ? 'low' : 'whole';
}

/** Panes that share one place, by place; the first of each is shown until another is chosen. */
export function places(arrangement: Arrangement, calls: boolean): Pane[][] {
  const lists: Pane[] = calls ? ['calls', 'queue'] : ['queue'];
  switch (arrangement) {
    case 'whole':
      return [...lists.map((pane): Pane[] => [pane]), ['map'], ['units'], ['desk']];
    case 'low':
      return [lists, ['map', 'units'], ['desk']];
    case 'tall':
      return [lists, ['map', 'units'], ['desk']];
    case 'small':
      return [[...lists, 'map', 'units'], ['desk']];
    case 'single':
      return [[...lists, 'map', 'units', 'desk']];
  }
}
