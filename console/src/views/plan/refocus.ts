/** Where the keyboard goes on after something is taken away. */
import { tick } from 'svelte';

/**
 * What had the focus may be gone: then it goes to what took its place, to the last one left, or to
 * `otherwise`; never to the top of the page.
 */
export async function refocus(
  within: HTMLElement | undefined,
  buttons: string,
  at: number,
  otherwise?: HTMLElement,
): Promise<void> {
  await tick();
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  const left = [...(within?.querySelectorAll<HTMLElement>(buttons) ?? [])];
  (left[Math.min(at, left.length - 1)] ?? otherwise)?.focus();
}
