/** Running an operation: permission, what is missing, the reason why not, then the deed. */
import { about, t } from '../i18n';
import { commandLine } from '../model/commandLine.svelte';
import { messages } from '../model/messages.svelte';
import { session } from '../model/session.svelte';
import { codeListOf, ownSlots, takes, type Operation, type Subject } from './operation';

/** Does the role of this person have it at all? */
export function isAvailable(operation: Operation): boolean {
  if (operation.verb && !session.may(operation.verb)) return false;
  return operation.isFor?.() ?? true;
}

/** What still has to be said before it can run; null when all is there. */
export function missingPart(operation: Operation, subject: Subject): string | null {
  if (takes(operation, 'incident') && !subject.incident) return t('command.missing.incident');
  if (takes(operation, 'other') && !subject.other) return t('command.missing.other');
  if ((takes(operation, 'unit') || takes(operation, 'units')) && subject.units.length === 0)
    return t(subject.together ? 'why.nobody_meant' : (operation.asks ?? 'command.missing.unit'));
  const list = codeListOf(operation);
  if (list && operation.takes.includes(`code:${list}`) && !subject.code)
    return t('command.missing.code');
  if (operation.takes.includes('count') && subject.count === null)
    return t('command.missing.count');
  if (operation.takes.includes('text') && !subject.text && !subject.together)
    return t(operation.asks ?? 'command.missing.text');
  return null;
}

/** Why it can't run on this subject, missing parts left aside. */
export function whyNot(operation: Operation, subject: Subject): string | null {
  if (!isAvailable(operation)) return t('problem.denied');
  for (const slot of ownSlots(operation)) {
    const value = subject.own[slot.name];
    const why = value === undefined ? null : slot.refuses?.(value);
    if (why) return why;
  }
  return operation.disabledBecause(subject);
}

/**
 * From a key or a button: runs, or says why not. If something must still be said (a reason, a
 * colleague), the command line opens with what is known, ready to be finished.
 */
export function start(operation: Operation, subject: Subject): void {
  const missing = missingPart(operation, subject);
  if (missing && isWhichUnit(operation, subject))
    return commandLine.prefill(draft(operation, subject));
  const why = missing && !hasSubject(operation, subject) ? missing : whyNot(operation, subject);
  if (why) {
    messages.show({ tone: 'problem', text: () => about(t(operation.label), why) });
  } else if (missing) {
    commandLine.prefill(draft(operation, subject));
  } else {
    operation.run(subject);
  }
}

/** At an incident only the unit is still to be said: several may be there. */
function isWhichUnit(operation: Operation, subject: Subject): boolean {
  return takes(operation, 'unit') && !subject.units.length && subject.incident !== null;
}

function hasSubject(operation: Operation, subject: Subject): boolean {
  if (takes(operation, 'incident') && !subject.incident) return false;
  return !(takes(operation, 'unit') && subject.units.length === 0);
}

/** The beginning of a command about this subject. */
export function draft(operation: Operation, subject: Subject): string {
  const parts = [operation.words[0]!];
  if (takes(operation, 'unit') || takes(operation, 'units'))
    parts.push(...subject.units.map((unit) => unit.id));
  if (takes(operation, 'incident') && subject.incident) parts.push(subject.incident.number);
  return `${parts.join(' ')} `;
}
