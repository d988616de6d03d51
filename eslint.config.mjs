// Type-aware rules, and the import laws of the house (docs/develop.md).
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Refuses imports, with the law that says why. */
const forbid = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });
const noVscode = { group: ['vscode'], message: 'Only extension/ui and extension.ts know vscode.' };
const noUi = { group: ['**/ui/*', '**/ui'], message: 'The core does not know its surroundings.' };
const noToolkit = {
  group: ['@vscode/webview-ui-toolkit*'],
  message: 'The toolkit is archived: only webview/ui may import it.',
};

const noOtherPage = {
  regex: '(^|/)\\.\\./(demo|log|replay|review)(/|$)',
  message: 'What several pages need belongs to webview/ui, which knows no page.',
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'test-results/',
      'coverage/',
      'examples/',
      'test/fixtures/',
      'test/**/fixtures/',
    ],
  },
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.extension.json', './tsconfig.webview.json', './tsconfig.test.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'No default exports.' }],
      'max-lines': ['error', { max: 400 }],
    },
  },
  {
    files: ['extension/core/**', 'extension/protocol/**', 'extension/cli.ts'],
    rules: forbid(noVscode, noUi),
  },
  {
    files: ['webview/**'],
    rules: forbid(noVscode, noToolkit, noOtherPage, {
      regex: '^(?!.*/(protocol|core)/).*extension/',
      message: 'A page imports only extension/protocol, and types of extension/core.',
    }),
  },
  { files: ['webview/ui/**'], rules: forbid(noVscode, noOtherPage) },
  {
    files: ['test/**/*.{ts,tsx}', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['test', 'it', 'describe'] }],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'Buffer',
          'URL',
          'URLSearchParams',
          'setTimeout',
          'clearTimeout',
          'fetch',
          'performance',
          'require',
          'module',
          'globalThis',
          'AbortController',
          'AbortSignal',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
