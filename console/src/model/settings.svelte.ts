/** What a person set in this browser, kept in local storage. Every setting here is read somewhere. */
import { ofRoom } from '../api/room';

export interface Settings {
  language: 'en' | 'zh';
  /** The theme that is on. */
  theme: 'dark' | 'light';
  /** Whose it is: nobody chose one, so it is the system's; or a person's. */
  themeOf: 'system' | 'person';
  density: 'comfortable' | 'compact';
  singleKeys: boolean;
  sound: boolean;
  /** How the unit board is grouped. */
  unitsBy: 'kind' | 'station';
}

const STORE = ofRoom('settings');

function initial(): Settings {
  const chinese = typeof navigator !== 'undefined' && navigator.language.startsWith('zh');
  const fallback: Settings = {
    language: chinese ? 'zh' : 'en',
    theme: 'dark',
    themeOf: 'system',
    density: 'compact',
    singleKeys: true,
    sound: true,
    unitsBy: 'kind',
  };
  return asOfNow({ ...fallback, ...stored() });
}

/** With the theme of the system, unless a person chose one. */
function asOfNow(one: Settings): Settings {
  return one.themeOf === 'system' ? { ...one, theme: systemTheme() } : one;
}

function stored(): Partial<Settings> {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? '{}') as Partial<Settings>;
  } catch {
    return {};
  }
}

/** Whether the system wants light; where it doesn't say, a control room at night is dark. */
function lightWanted(): MediaQueryList | null {
  return typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: light)');
}

function systemTheme(): Settings['theme'] {
  return lightWanted()?.matches ? 'light' : 'dark';
}

export const settings = $state<Settings>(initial());

/** A person's choice, or back to what the system says. */
export function chooseTheme(theme: Settings['theme'] | 'system'): void {
  settings.themeOf = theme === 'system' ? 'system' : 'person';
  settings.theme = theme === 'system' ? systemTheme() : theme;
}

/** Keeps settings in local storage and on the document element, for as long as the page lives; what
 * is set in another window of this browser, on the next screen of the desk, holds here as well. */
export function applySettings(): void {
  addEventListener('storage', ({ key }) => {
    if (key === STORE) Object.assign(settings, asOfNow({ ...settings, ...stored() }));
  });
  lightWanted()?.addEventListener('change', () => {
    if (settings.themeOf === 'system') settings.theme = systemTheme();
  });
  $effect.root(() => {
    $effect(() => {
      const root = document.documentElement;
      root.lang = settings.language === 'zh' ? 'zh-CN' : 'en';
      root.dataset['theme'] = settings.theme;
      root.dataset['density'] = settings.density;
      try {
        localStorage.setItem(STORE, JSON.stringify(settings));
      } catch {
        // Storage may be forbidden: then the settings hold for this page only.
      }
    });
  });
}
