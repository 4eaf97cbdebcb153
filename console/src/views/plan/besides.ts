/** What a plan's file says beyond what the page can show: it is kept, and a rehearsal counts it. */
import type { Besides, Change, KeptPlan, Plan, Rules } from '../../api/plan';
import { isMessage, listed, type MessageKey, t } from '../../i18n';
import type { Drawn } from './drawing';

/** A rehearsal from the page has these of its own; the file's count on the command line only. */
const ASKED_HERE = new Set(['hours', 'start', 'replications']);
const MOST_UNITS = 5;
const SHOWN: ReadonlySet<string> = new Set(['add_unit', 'remove_unit', 'move_unit', 'set_hours']);
const OF_ADDED: ReadonlySet<string> = new Set(['do', 'id', 'at', 'like']);

/** In lines for the page; none where the page shows it all. */
export function saidBesides(plan: Plan, of: KeptPlan | null, units: readonly Drawn[]): string[] {
  const found = of?.besides;
  const lines: string[] = [];
  const add = (key: MessageKey, what: string[], file = '') => {
    if (what.length) lines.push(t(key, { what: listed(what), file }));
  };
  const here = (key: string) => !ASKED_HERE.has(key);
  const more = moreAbout(plan.changes, units);
  const rules = found?.rules.filter((name) => isUntouched(name, plan, of)) ?? [];
  add('plan.besides', [
    ...keysAndRules({ keys: found?.keys.filter(here) ?? [], rules }),
    ...(more.length ? [t('plan.besides.units', { units: fewOf(more) })] : []),
  ]);
  const base = found?.base;
  if (base) {
    const what = keysAndRules({ keys: base.keys.filter(here), rules: base.rules });
    if (what.length) add('plan.besides.base', what, base.file);
    else lines.push(t('plan.besides.base_only', { file: base.file }));
  }
  const elsewhere = [...(found?.keys ?? []), ...(base?.keys ?? [])].filter((key) => !here(key));
  add('plan.besides.elsewhere', keysAndRules({ keys: [...new Set(elsewhere)], rules: [] }));
  return lines;
}

/** A rule that the page has a field for goes once that is set. */
function isUntouched(name: string, plan: Plan, of: KeptPlan | null): boolean {
  const rule = name as keyof Rules;
  return JSON.stringify(plan.rules[rule]) === JSON.stringify(of?.plan?.rules[rule]);
}

/** Units of which a change says something that the table of units doesn't. */
function moreAbout(changes: readonly Change[], units: readonly Drawn[]): string[] {
  const known = new Set(units.map((unit) => unit.id));
  const said = changes.filter(
    (change) =>
      'id' in change &&
      (!known.has(change.id) ||
        !SHOWN.has(change.do) ||
        (change.do === 'add_unit' && Object.keys(change).some((key) => !OF_ADDED.has(key)))),
  );
  return [...new Set(said.map((change) => ('id' in change ? change.id : '')))];
}

function keysAndRules({ keys, rules }: Pick<Besides, 'keys' | 'rules'>): string[] {
  const names = rules.map((name) => nameOf(name, 'rule'));
  return [
    ...keys.map((key) => nameOf(key, 'key')),
    ...(names.length ? [t('plan.besides.rules', { what: listed(names) })] : []),
  ];
}

/** In words; one that is new here as the file has it. */
function nameOf(said: string, kind: 'key' | 'rule'): string {
  const key = `plan.besides.${kind}.${said}`;
  return isMessage(key) ? t(key) : said;
}

function fewOf(ids: string[]): string {
  return listed(ids.slice(0, MOST_UNITS)) + (ids.length > MOST_UNITS ? ' …' : '');
}
