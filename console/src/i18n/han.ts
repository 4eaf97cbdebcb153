const DIGITS = '〇一二三四五六七八九十';

/** A small whole number as Chinese writes it before a measure word, as in 一级; others as they are. */
export function han(value: string | number): string {
  return DIGITS[Number(value)] ?? String(value);
}
