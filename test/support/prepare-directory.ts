/** A start that goes no further than its folder, as a process: `prepare-directory.js <folder> [reset] [stay]`. */
import { prepareDirectory } from '../../local/stack/directory';

const [directory = '', ...words] = process.argv.slice(2);
try {
  prepareDirectory(directory, words.includes('reset'));
  process.stdout.write('prepared');
} catch (error) {
  process.stdout.write(error instanceof Error ? error.message : String(error));
}
if (words.includes('stay')) setInterval(() => undefined, 1_000);
