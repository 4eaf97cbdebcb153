/** What the command line may mean right now: the live board, the pack's words, the selection. */
import { board } from '../model/board.svelte';
import { callSigns } from '../model/callSigns.svelte';
import { pack, type CodeList } from '../model/pack.svelte';
import { selection } from '../model/selection.svelte';
import { byWord } from './index';
import { select } from './incident';
import type { Subject } from './operation';
import { NOTHING } from './operation';
import type { Lexicon } from './parse';

export function lexicon(): Lexicon {
  return {
    operation: byWord,
    select,
    units: board.units,
    stations: (pack.pack?.stations ?? []).map(({ id, en, zh }) => ({ code: id, en, zh })),
    unitId: (sign) => callSigns.id(sign),
    incidents: [...board.incidents.values()],
    codes: (list) => pack.codes(list as CodeList),
    selected: {
      incident: board.incidents.get(selection.incident ?? '') ?? null,
      unit: board.units.get(selection.unit ?? '') ?? null,
    },
  };
}

/** The selection as a subject, for keys and buttons. */
export function selected(): Subject {
  const { incident, unit } = lexicon().selected;
  return { ...NOTHING, incident, other: null, units: unit ? [unit] : [] };
}
