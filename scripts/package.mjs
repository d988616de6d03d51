// Builds, and makes dist/flag-review.vsix of the files that .vscodeignore allows.
//
//   node scripts/package.mjs [--update]
//
// The list of files is compared with test/fixtures/vsix-files.txt, so that nothing gets in or out unseen; --update
// accepts a new list.
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const expectedList = 'test/fixtures/vsix-files.txt';
const vsix = 'dist/flag-review.vsix';
process.chdir(root);

const { status } = spawnSync(process.execPath, ['esbuild.config.mjs'], { stdio: 'inherit' });
if (status !== 0) process.exit(1);

const files = (await listFiles({ cwd: root, packageManager: PackageManager.None })).toSorted();
const list = `${files.join('\n')}\n`;
if (process.argv.includes('--update')) writeFileSync(expectedList, list);
const difference = differences(readFileSync(expectedList, 'utf8').split('\n').filter(Boolean), files);
if (difference.length > 0) {
  console.error(`The VSIX holds other files than ${expectedList}:\n${difference.join('\n')}`);
  console.error('Mend .vscodeignore, or accept the list with: npm run package -- --update');
  process.exit(1);
}
await createVSIX({ cwd: root, packagePath: vsix, dependencies: false });
console.log(`${vsix}: ${files.length} files, ${Math.ceil(statSync(vsix).size / 1024)} KiB`);

function differences(expected, actual) {
  return [
    ...expected.filter((file) => !actual.includes(file)).map((file) => `- ${file}`),
    ...actual.filter((file) => !expected.includes(file)).map((file) => `+ ${file}`),
  ];
}
