/** Single keys: one key, one operation, where nothing is being typed. */
import { settings } from '../model/settings.svelte';
import { sound } from '../model/sound.svelte';
import { commandLine } from '../model/commandLine.svelte';
import { overlays } from '../model/overlays.svelte';
import { chosenFor, dispatch, sendAll } from './dispatch';
import { byKey } from './index';
import type { Operation, Subject } from './operation';
import { command, help } from './room';
import { selected } from './lexicon';
import { draft, isAvailable, start } from './run';
import { select } from './incident';

/** A box that is ticked takes no letters: keys go on working right after a click on it. */
const TICKED = ['checkbox', 'radio'];

/** Is the person typing there? Then keys are letters. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && TICKED.includes(target.type)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** What has its own use for the arrow keys; the form of a call keeps every key to itself. */
const OWN_ARROWS =
  'canvas, input, [role=dialog], [role=listbox], [role=radiogroup], [role=toolbar], #desk-form';

/** Are the arrow keys used where this one was pressed? */
export function usesArrows(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.defaultPrevented || isTyping(target)) return true;
  if (!(target instanceof Element)) return false;
  // A part that has the focus only to be scrolled is scrolled.
  return target.matches('[role=region], [role=tabpanel]') || target.closest(OWN_ARROWS) !== null;
}

/** Handles a key press for the whole page. */
export function onKey(event: KeyboardEvent): void {
  sound.unlock();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'F2') {
    event.preventDefault();
    commandLine.focus();
    return;
  }
  if (event.key === 'Escape' && overlays.open) {
    overlays.close();
    return;
  }
  // Out of a text field, so that keys are keys again; what is typed stays.
  if (event.key === 'Escape' && isTyping(event.target) && !event.defaultPrevented) {
    (event.target as HTMLElement).blur();
    return;
  }
  if (isTyping(event.target) || event.defaultPrevented) return;
  const operation = byKey(event.key.length === 1 ? event.key.toLowerCase() : event.key);
  if (!operation || !isAvailable(operation)) return;
  // The way to the command line and the help stays open when single keys are off.
  if (!settings.singleKeys && operation !== command && operation !== help) return;
  event.preventDefault();
  if (event.repeat) return;
  const subject = subjectOf(operation);
  // Finding means another one than the selected.
  if (operation === select) commandLine.prefill(draft(select, { ...subject, incident: null }));
  else if (operation === dispatch && subject.incident && subject.units.length)
    sendAll(subject.incident);
  else start(operation, subject);
}

/** The selection; dispatching means the units that are chosen in the panel, never just a clicked one. */
function subjectOf(operation: Operation): Subject {
  const subject = selected();
  if (operation !== dispatch || !subject.incident) return subject;
  return chosenFor(subject.incident);
}

/** Starts listening; returns how to stop. */
export function listenForKeys(): () => void {
  addEventListener('keydown', onKey);
  const unlock = () => sound.unlock();
  // Safari takes only the end of a touch for a wish to hear something.
  for (const type of ['pointerdown', 'click']) addEventListener(type, unlock);
  return () => {
    removeEventListener('keydown', onKey);
    for (const type of ['pointerdown', 'click']) removeEventListener(type, unlock);
  };
}
