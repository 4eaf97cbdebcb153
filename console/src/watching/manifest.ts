/** Deadlines of all kinds of record: the marks of the top bar, and what is said when one is told. */
import type { RecordManifest } from '../operations/manifest';
import type { Place } from '../pages';
import Told from './Told.svelte';
import { PAGES_OF } from './pages';
import { told } from './told.svelte';

const PAGES = [...new Set<Place>(Object.values(PAGES_OF).flat())];

const marks = PAGES.map((page): RecordManifest => ({
  operations: [],
  waits: { page, says: 'watching.waits', now: () => told.at(page) },
}));

export const watchedRecords: readonly RecordManifest[] = [
  { operations: [], fields: { deadline: 'deadline' }, everywhere: Told },
  ...marks,
];
