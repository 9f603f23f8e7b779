import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const onlyPlatform = 'Only lib/platform touches the outside world: take it from ports instead.';

export default tseslint.config(
  { ignores: ['.output/**', '.wxt/**', '.artifacts/**', 'node_modules/**'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['.config/*.js'] },
        tsconfigRootDir: `${import.meta.dirname}/..`,
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'zod', message: "Import * as z from 'zod/mini'." }] },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['lib/**'],
    ignores: ['lib/platform/**'],
    rules: {
      complexity: ['error', 14],
      'max-params': ['error', 4],
      'no-restricted-globals': [
        'error',
        ...[
          'fetch',
          'XMLHttpRequest',
          'setTimeout',
          'setInterval',
          'crypto',
          'indexedDB',
          'chrome',
          'browser',
        ].map((name) => ({
          name,
          message: onlyPlatform,
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: onlyPlatform },
        { object: 'Math', property: 'random', message: onlyPlatform },
      ],
    },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
);
