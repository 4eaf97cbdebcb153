/**
 * Keys that belong to an input method. While Chinese is typed, Enter takes what the input method offers
 * and figures choose from its list; none of it is meant for the page.
 */

/**
 * Safari ends an input before it sends the key that ended it: `isComposing` is false by then, and
 * only the old `keyCode` still says that the input method has taken the key.
 */
const TAKEN_BY_INPUT_METHOD = 229;

export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === TAKEN_BY_INPUT_METHOD;
}

/**
 * Keeps such keys from every handler of the page, present and future: it listens before them all, so
 * it has to be called before anything else listens.
 */
export function keepComposingKeys(target: EventTarget = window): void {
  const keep = (event: Event): void => {
    if (isComposing(event as KeyboardEvent)) event.stopImmediatePropagation();
  };
  for (const type of ['keydown', 'keypress', 'keyup'])
    target.addEventListener(type, keep, { capture: true });
}
