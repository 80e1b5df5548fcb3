import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['**/bundle.js', 'workspace/', 'build/', '.venv/'] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: 'module' },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-undef': 'error',
      'no-unused-vars': 'error',
      'no-var': 'error',
      'no-restricted-syntax': ['error', {
        selector: 'MemberExpression[property.name="toFixed"]', message: 'Write it by fixed() of shared/numbers.js: no minus zero.',
      }],
      'prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  { files: ['ui/**/*.js'], languageOptions: { globals: globals.browser } },
  { files: ['ui/components/in_browser/audio_thread/*.js'], languageOptions: { globals: globals.audioWorklet } },
  { files: ['ui/components/in_browser/shared/numbers.js'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['ui/server/*.js'], languageOptions: { sourceType: 'script' } },
  { files: ['tools/*.js', 'eslint.config.js'], languageOptions: { globals: globals.node } },
];
