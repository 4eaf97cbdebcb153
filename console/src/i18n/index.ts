/**
 * Texts of the console in English and Simplified Chinese.
 *
 * `t(key, {name: value})` gives a message in the current language and is followed by Svelte, so that
 * a change of language shows at once. `{count|unit|units}` picks by number. `say(pair)` does the same
 * for texts that the server or the pack sends in both languages.
 */
import type { Text } from '../api/types';
import { callSign } from '../model/callSigns.svelte';
import { settings } from '../model/settings.svelte';
import { han } from './han';
import { put, spaced } from './spacing';
import enCallbacks from './en/callbacks.json';
import enAttachments from './en/attachments.json';
import enConsole from './en/console.json';
import enDesks from './en/desks.json';
import enIntake from './en/intake.json';
import enJoint from './en/joint.json';
import enOrders from './en/orders.json';
import enMatters from './en/matters.json';
import enPartners from './en/partners.json';
import enPlan from './en/plan.json';
import enPractice from './en/practice.json';
import enStations from './en/stations.json';
import enTasks from './en/tasks.json';
import enWatching from './en/watching.json';
import zhCallbacks from './zh/callbacks.json';
import zhAttachments from './zh/attachments.json';
import zhConsole from './zh/console.json';
import zhDesks from './zh/desks.json';
import zhIntake from './zh/intake.json';
import zhJoint from './zh/joint.json';
import zhOrders from './zh/orders.json';
import zhMatters from './zh/matters.json';
import zhPartners from './zh/partners.json';
import zhPlan from './zh/plan.json';
import zhPractice from './zh/practice.json';
import zhStations from './zh/stations.json';
import zhTasks from './zh/tasks.json';
import zhWatching from './zh/watching.json';

const en = {
  ...enConsole,
  ...enIntake,
  ...enJoint,
  ...enOrders,
  ...enMatters,
  ...enPartners,
  ...enPlan,
  ...enPractice,
  ...enStations,
  ...enTasks,
  ...enWatching,
  ...enCallbacks,
  ...enDesks,
  ...enAttachments,
};
const zh: Record<keyof typeof en, string> = {
  ...zhAttachments,
  ...zhConsole,
  ...zhIntake,
  ...zhJoint,
  ...zhOrders,
  ...zhMatters,
  ...zhPartners,
  ...zhPlan,
  ...zhPractice,
  ...zhStations,
  ...zhTasks,
  ...zhWatching,
  ...zhCallbacks,
  ...zhDesks,
};

export type MessageKey = keyof typeof en;
export type Params = Record<string, string | number>;

/** Fills `{name}`, `{name|singular|plural}`, and `{name:han}`, which writes 1 as 一. */
export function fill(
  message: string,
  params: Params,
  set: (value: string) => string = (value) => value,
): string {
  return message.replace(
    /\{(\w+)(:han)?(?:\|([^|}]*)\|([^}]*))?\}/g,
    (whole, name: string, chinese, one, other) => {
      const value = params[name];
      if (value === undefined) return whole;
      if (chinese) return han(value);
      if (one === undefined) return set(String(value));
      return Number(value) === 1 ? one : other;
    },
  );
}

/** The message in the current language. A `unit` is called by its call sign. */
export function t(key: MessageKey, params: Params = {}): string {
  const { unit } = params;
  const said = typeof unit === 'string' ? { ...params, unit: callSign(unit) } : params;
  return settings.language === 'zh' ? spaced(fill(zh[key], said, put)) : fill(en[key], said);
}

/** A message without parameters in both languages: what a button says may be typed in either. */
export function both(key: MessageKey): Text {
  return { en: en[key], zh: zh[key] };
}

/** A message in both languages, for what is kept and read in either. */
export function pair(key: MessageKey, params: Record<string, string | Text>): Text {
  const half = (language: 'en' | 'zh'): Params =>
    Object.fromEntries(
      Object.entries(params).map(([name, one]) => [
        name,
        typeof one === 'string' ? one : one[language] || one.en,
      ]),
    );
  return { en: fill(en[key], half('en')), zh: spaced(fill(zh[key], half('zh'), put)) };
}

/** Is this a message? For codes that come from the server, of which there may be new ones. */
export function isMessage(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}

/** A share of one as the current language writes it: `50 %`, in Chinese `50%`. */
export function percent(share: number, digits = 0): string {
  const blank = settings.language === 'zh' ? '' : ' ';
  return `${(100 * share).toFixed(digits)}${blank}%`;
}

/** Several things in a row, as the current language parts them. */
export function listed(things: readonly (string | number)[]): string {
  return things.join(settings.language === 'zh' ? '、' : ', ');
}

/** Sentences one after the other: Chinese has no blank after 。 */
export function sentences(said: readonly string[]): string {
  return said.join(settings.language === 'zh' ? '' : ' ');
}

/** What is said of something that is named first. */
export function about(name: string, said: string): string {
  return `${name}${settings.language === 'zh' ? '：' : ': '}${said}`;
}

/** One text for readers of either language, of which each is shown its `half`. */
export function inBoth({ en, zh }: Text): string {
  return zh && zh !== en ? `${zh} ‖ ${en}` : en;
}

/** The current language's half of a text that is kept in both (`中文 ‖ English`). */
export function half(text: string): string {
  const [zh, en, ...more] = text.split(' ‖ ');
  if (en === undefined || more.length) return text;
  return settings.language === 'zh' ? zh! : en;
}

/** The current language's half of a pair. */
export function say(pair: Text | null | undefined): string {
  if (!pair) return '';
  return (settings.language === 'zh' ? pair.zh : pair.en) || pair.en;
}
