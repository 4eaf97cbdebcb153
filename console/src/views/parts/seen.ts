/** Is it on the screen, not behind a tab? */
export function isSeen(element: Element | undefined): boolean {
  return element?.checkVisibility({ visibilityProperty: true }) ?? false;
}
