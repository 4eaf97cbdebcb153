import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  ts.configs.recommended,
  svelte.configs['flat/recommended'],
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
  },
  {
    rules: {
      // Text is always escaped by Svelte; this keeps it so.
      'svelte/no-at-html-tags': 'error',
      'no-undef': 'off',
      // Plain maps are used on purpose where nothing should follow them.
      'svelte/prefer-svelte-reactivity': 'off',
      // The console has its own small router; SvelteKit's resolve() does not exist here.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  { ignores: ['node_modules/', 'src/api/schema.d.ts'] },
);
