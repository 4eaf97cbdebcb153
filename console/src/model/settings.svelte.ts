/** What a person set in this browser, kept in local storage. Every setting here is read somewhere. */
import { ofRoom } from '../api/room';

export interface Settings {
  language: 'en' | 'zh';
  theme: 'dark' | 'light';
  density: 'comfortable' | 'compact';
  singleKeys: boolean;
  sound: boolean;
}

const STORE = ofRoom('settings');

function initial(): Settings {
  const chinese = typeof navigator !== 'undefined' && navigator.language.startsWith('zh');
  const fallback: Settings = {
    language: chinese ? 'zh' : 'en',
    theme: 'dark',
    density: 'compact',
    singleKeys: true,
    sound: true,
  };
  try {
    return { ...fallback, ...(JSON.parse(localStorage.getItem(STORE) ?? '{}') as Settings) };
  } catch {
    return fallback;
  }
}

export const settings = $state<Settings>(initial());

/** Keeps settings in local storage and on the document element, for as long as the page lives. */
export function applySettings(): void {
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
