/**
 * The order of a list under the hand: what is shown keeps its place, what is new comes last. What
 * isn't wanted any more stays, too, until the hand is gone, and says what became of it. Pure.
 */
export function heldOrder(shown: readonly string[], wanted: readonly string[]): string[] {
  const known = new Set(shown);
  return [...shown, ...wanted.filter((id) => !known.has(id))];
}
