/** Single keys: one key, one operation, where nothing is being typed. */
import { settings } from '../model/settings.svelte';
import { sound } from '../model/sound.svelte';
import { commandLine } from '../model/commandLine.svelte';
import { overlays } from '../model/overlays.svelte';
import { chosenFor, dispatch } from './dispatch';
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
  if (isTyping(event.target) || event.defaultPrevented) return;
  const operation = byKey(event.key.length === 1 ? event.key.toLowerCase() : event.key);
  if (!operation || !isAvailable(operation)) return;
  // The way to the command line and the help stays open when single keys are off.
  if (!settings.singleKeys && operation !== command && operation !== help) return;
  event.preventDefault();
  const subject = subjectOf(operation);
  // Finding means another one than the selected.
  if (operation === select) commandLine.prefill(draft(select, { ...subject, incident: null }));
  else if (!event.repeat) start(operation, subject);
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
