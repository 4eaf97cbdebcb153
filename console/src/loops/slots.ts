/** What may be said of a clock in a command: which clock, and for which reason. Pure. */
import { folded, tokens } from '../operations/parse';

export interface Named {
  code: string;
  en: string;
  zh: string;
}

function wordsOf(name: string): string[] {
  return tokens(folded(name)).map(({ word }) => word.toLowerCase());
}

/** The thing of the longest name, in either language, or of the code, that these words begin with. */
export function readNamed(
  words: readonly string[],
  things: readonly Named[],
): { value: string; used: number } | null {
  const said = words.map((word) => folded(word).toLowerCase());
  const fits = things.flatMap(({ code, en, zh }) =>
    [en, zh, code].flatMap((name) => {
      const wanted = wordsOf(name);
      const same = wanted.length > 0 && wanted.every((word, i) => word === said[i]);
      return same ? [{ value: code, used: wanted.length }] : [];
    }),
  );
  return fits.sort((a, b) => b.used - a.used)[0] ?? null;
}
