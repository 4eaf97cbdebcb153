/**
 * The blanks of a Chinese sentence, whatever is put into it: one between Han and Latin letters or
 * figures, none between Han and Han. Call signs such as 巡101 stand as the sentence sets them.
 */
const BEGIN = '\uE000';
const END = '\uE001';
const HAN = '\\p{Script=Han}';
/** A value without figures, so no call sign. */
const WORDS = `[^\\d${BEGIN}${END}]*`;

const TOO_MANY = new RegExp(
  `(?<=${HAN}) (?=${BEGIN}${HAN}${WORDS}${END})` +
    `|(?<=${BEGIN}${WORDS}${HAN}${END}) (?=${HAN}|${BEGIN}${HAN}${WORDS}${END})`,
  'gu',
);
const MISSING = new RegExp(
  `(?<=${HAN}${END}?)(?=${BEGIN}[A-Za-z0-9])|(?<=[A-Za-z0-9]${END})(?=${BEGIN}?${HAN})`,
  'gu',
);
const MARKS = new RegExp(`[${BEGIN}${END}]`, 'g');

/** A value that is put into a sentence, so that its edges are found again. */
export function put(value: string): string {
  return BEGIN + value + END;
}

/** The sentence with the blanks that belong there. */
export function spaced(sentence: string): string {
  if (!sentence.includes(BEGIN)) return sentence;
  return sentence.replace(TOO_MANY, '').replace(MISSING, ' ').replace(MARKS, '');
}
